namespace AgentRouter.Configuration;

/// <summary>What the workspace tools may do, as <c>agentrouter.yaml</c> says it.</summary>
public sealed record WorkspaceSettings
{
    /// <summary>Gets the hosts that <c>workspace.httpGet</c> may ask; empty by default: then it refuses.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Gets the command that <c>workspace.test</c> runs; <see langword="null"/> tells it from the files in the workspace.</summary>
    public string? TestCommand { get; init; }

    /// <summary>Gets how commands are confined.</summary>
    public SandboxMode Sandbox { get; init; }

    /// <summary>Gets the folders that commands may read besides the system's, such as a tool chain in the user's home.</summary>
    public IReadOnlyList<string> ReadOnlyFolders { get; init; } = [];
}
