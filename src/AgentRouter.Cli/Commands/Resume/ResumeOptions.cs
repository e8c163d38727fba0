using AgentRouter.Configuration;

namespace AgentRouter.Cli.Commands.Resume;

/// <summary>What a run is gone on with.</summary>
internal sealed record ResumeOptions
{
    /// <summary>Gets what the user called the run.</summary>
    public required string Run { get; init; }

    public string? Store { get; init; }

    public RunDurability? Durability { get; init; }

    public bool IsJson { get; init; }

    public bool IsVerbose { get; init; }
}
