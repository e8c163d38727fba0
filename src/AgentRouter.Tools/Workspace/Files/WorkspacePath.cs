namespace AgentRouter.Tools.Workspace.Files;

/// <summary>A place in the workspace.</summary>
/// <param name="Relative">Its path from the root, with slashes, as it is shown; <c>.</c> is the root.</param>
/// <param name="Real">Its absolute path with all links followed.</param>
internal sealed record WorkspacePath(string Relative, string Real)
{
    /// <summary>Gets the folder that holds it, with all links followed.</summary>
    public string Folder => Path.GetDirectoryName(Real)!;

    /// <summary>Gets its name in <see cref="Folder"/>.</summary>
    public string Name => Path.GetFileName(Real);
}
