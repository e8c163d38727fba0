namespace AgentRouter.Tools.Workspace.Copies;

/// <summary>How much a copy of a workspace may hold, and what it leaves out.</summary>
public sealed record WorkspaceCopyOptions
{
    /// <summary>Gets the most files; the default is 20,000.</summary>
    public int MaxFiles { get; init; } = 20_000;

    /// <summary>Gets the most bytes in all files together; the default is 512 MiB.</summary>
    public long MaxBytes { get; init; } = 512L << 20;

    /// <summary>Gets the names of folders that are left out wherever they are: what is built, downloaded or kept by tools.</summary>
    public IReadOnlyList<string> SkippedFolders { get; init; } = ["bin", "obj", ".git", "node_modules", ".agentrouter"];
}
