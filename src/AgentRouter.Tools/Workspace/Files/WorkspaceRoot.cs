namespace AgentRouter.Tools.Workspace.Files;

/// <summary>The folder that workspace tools are confined to, and the one place where paths are resolved.</summary>
internal sealed class WorkspaceRoot
{
    private const int MaxLinks = 40;
    private readonly string[] _spellings;

    /// <summary>Opens a folder as a workspace.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ToolException">It is not there, or is the root of the file system.</exception>
    public WorkspaceRoot(string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(full)) throw new ToolException($"The workspace folder '{folder}' is not there.");
        string systemRoot = Path.GetPathRoot(full)!;
        Real = Follow(systemRoot, full[systemRoot.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
            ?? throw new ToolException($"The workspace folder '{folder}' has links that lead nowhere.");
        if (Path.GetPathRoot(Real) == Real) throw new ToolException("The root of the file system cannot be a workspace: name a folder.");
        _spellings = [full, Real];
    }

    /// <summary>Gets the root's absolute path with all links followed.</summary>
    public string Real { get; }

    /// <summary>Resolves a path.</summary>
    /// <param name="path">A path from the root, or an absolute one below it.</param>
    /// <returns>The place, which need not exist.</returns>
    /// <exception cref="ToolException">The path is not one of the workspace, or its links lead out or nowhere.</exception>
    public WorkspacePath Resolve(string path)
    {
        IReadOnlyList<string> names = WorkspacePathRules.Split(path, _spellings);
        string real = Follow(Real, names) ?? throw WorkspacePathRules.Refuse(path, "it is a link that leads nowhere");
        if (!Contains(real)) throw WorkspacePathRules.Refuse(path, "it leads out of the workspace");
        return new WorkspacePath(names.Count == 0 ? "." : string.Join('/', names), real);
    }

    /// <summary>Tells whether an absolute path without links is the root or below it.</summary>
    public bool Contains(string real) =>
        real == Real || real.StartsWith(Real + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string? Follow(string start, IEnumerable<string> names)
    {
        int links = 0;
        return Follow(start, names, ref links);
    }

    /// <summary>Follows links, name by name.</summary>
    /// <returns>The real path, or <see langword="null"/> when a link leads nowhere or in a circle.</returns>
    private static string? Follow(string start, IEnumerable<string> names, ref int links)
    {
        string real = start;
        foreach (string name in names)
        {
            if (name == ".") continue;
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            string next = Path.Combine(real, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks) return null;
            string from = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : real;
            string? to = Follow(from, target[(Path.IsPathRooted(target) ? from.Length : 0)..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries), ref links);
            if (to is null || !Path.Exists(to)) return null;
            real = to;
        }

        return real;
    }
}
