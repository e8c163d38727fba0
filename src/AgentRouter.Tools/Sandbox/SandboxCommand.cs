namespace AgentRouter.Tools.Sandbox;

/// <summary>A command to run in a sandbox.</summary>
public sealed record SandboxCommand
{
    /// <summary>Gets the command line, for the system's shell.</summary>
    public required string CommandLine { get; init; }

    /// <summary>Gets the folder it runs in: the only one that it may write to. An absolute path without links.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets the time after which it is ended.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Gets the most characters of output that are kept.</summary>
    public int OutputCharacters { get; init; } = 20_000;
}
