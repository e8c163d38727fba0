using Microsoft.Extensions.FileSystemGlobbing;

namespace AgentRouter.Tools.Workspace.Files;

/// <summary>Finds files of a workspace in a fixed order, without following links to folders.</summary>
internal sealed class WorkspaceWalk(WorkspaceRoot root)
{
    /// <summary>The most files that are looked at: a workspace with more needs a narrower path.</summary>
    private const int MaxFiles = 50_000;

    private static readonly string[] SkippedFolders = ["bin", "obj", ".git", "node_modules", ".agentrouter"];

    private static readonly EnumerationOptions Entries = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    /// <summary>Finds files.</summary>
    /// <param name="path">The folder to start in; the root when not given.</param>
    /// <param name="pattern">A glob from there (<c>src/**/*.cs</c>); without a slash it holds in every folder; all files when not given.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Their paths from the root, with slashes, in ordinal order.</returns>
    /// <exception cref="ToolException">The path is not a folder of the workspace, the pattern leads out of it, or there are too many files.</exception>
    public IEnumerable<string> Find(string? path, string? pattern, CancellationToken cancellationToken)
    {
        WorkspacePath folder = Folder(path);
        Matcher? matcher = Compile(pattern);
        string[] skipped = [.. SkippedFolders.Where(name => !Names(folder.Relative, name) && !Names(pattern, name))];
        int seen = 0;
        foreach (string file in Walk(folder.Real, skipped))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++seen > MaxFiles) throw new ToolException($"There are more than {MaxFiles} files below '{folder.Relative}': give a path or a pattern further down.");
            string below = Slashes(Path.GetRelativePath(folder.Real, file));
            if (matcher is null || matcher.Match(below).HasMatches) yield return folder.Relative == "." ? below : folder.Relative + "/" + below;
        }
    }

    private static string Slashes(string path) => path.Replace(Path.DirectorySeparatorChar, '/');

    private static bool Names(string? path, string name) =>
        path is not null && path.Split('/', '\\').Contains(name, StringComparer.Ordinal);

    private static Matcher? Compile(string? pattern)
    {
        if (string.IsNullOrWhiteSpace(pattern)) return null;
        string glob = pattern.Trim().Replace('\\', '/');
        if (glob.StartsWith('/') || glob.Split('/').Contains("..")) throw new ToolException($"The pattern '{glob}' is refused: it must stay below the folder. Try **/*.cs.");
        if (glob.StartsWith("./", StringComparison.Ordinal)) glob = glob[2..];
        if (!glob.Contains('/', StringComparison.Ordinal)) glob = "**/" + glob;
        try
        {
            return new Matcher(StringComparison.Ordinal).AddInclude(glob);
        }
        catch (ArgumentException exception)
        {
            throw new ToolException($"The pattern '{glob}' is not a glob: {exception.Message}", exception);
        }
    }

    private static IEnumerable<string> Walk(string folder, string[] skipped)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Entries).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // gone, or not for us, since its parent was listed
            yield break;
        }

        foreach (FileSystemInfo entry in entries)
        {
            if (entry is FileInfo)
            {
                yield return entry.FullName;
            }
            else if (entry.LinkTarget is null && !skipped.Contains(entry.Name, StringComparer.Ordinal))
            {
                foreach (string file in Walk(entry.FullName, skipped)) yield return file;
            }
        }
    }

    private WorkspacePath Folder(string? path)
    {
        WorkspacePath folder = root.Resolve(string.IsNullOrWhiteSpace(path) ? "." : path);
        if (Directory.Exists(folder.Real)) return folder;
        throw new ToolException(Path.Exists(folder.Real) ? $"'{folder.Relative}' is a file, not a folder." : $"The folder '{folder.Relative}' is not there.");
    }
}
