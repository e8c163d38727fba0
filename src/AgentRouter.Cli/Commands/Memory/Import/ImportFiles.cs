using AgentRouter.Cli.CommandLine;

namespace AgentRouter.Cli.Commands.Memory.Import;

/// <summary>The files that are imported.</summary>
/// <param name="Found">The files, in the order in which they were named, those of folders by name.</param>
/// <param name="Skipped">The files of folders that are left out.</param>
internal sealed record ImportFiles(IReadOnlyList<ImportedFile> Found, IReadOnlyList<SkippedFile> Skipped)
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };

    /// <summary>Finds the files of paths.</summary>
    /// <exception cref="UsageException">A path is not there, or nothing in it can be imported.</exception>
    public static ImportFiles Find(CliContext context, IEnumerable<string> paths)
    {
        var found = new List<ImportedFile>();
        var skipped = new List<SkippedFile>();
        foreach (string named in paths)
        {
            string path = Path.TrimEndingDirectorySeparator(context.Resolve(named));
            if (File.Exists(path))
                found.Add(new ImportedFile(path, KeyOf(context, path, Path.GetDirectoryName(path)!), ImportedFile.KindOf(path) ?? ImportedKind.Document, IsNamed: true));
            else if (Directory.Exists(path))
                AddFolder(context, path, found, skipped);
            else
                throw new UsageException($"There is no file or folder {named}. Check the path.");
        }

        if (found.Count == 0)
            throw new UsageException("There is nothing to import: no document (.md, .txt) and no conversation (.jsonl, .json) is in the folders that are named.");
        return new ImportFiles([.. found.DistinctBy(file => file.Path)], skipped);
    }

    private static void AddFolder(CliContext context, string folder, List<ImportedFile> found, List<SkippedFile> skipped)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", Everything).Order(StringComparer.Ordinal))
        {
            string key = KeyOf(context, file, Path.GetDirectoryName(folder) ?? folder);
            // what is hidden, such as .git, is no document
            if (Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
                continue;
            if (ImportedFile.KindOf(file) is { } kind)
                found.Add(new ImportedFile(file, key, kind, IsNamed: false));
            else
                skipped.Add(new SkippedFile(key, "neither a document nor a conversation by its name"));
        }
    }

    // below the current folder as people type it, elsewhere from the folder that was named
    private static string KeyOf(CliContext context, string file, string from)
    {
        string near = Path.GetRelativePath(context.CurrentFolder, file);
        string key = near.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(near) ? Path.GetRelativePath(from, file) : near;
        return key.Replace('\\', '/');
    }
}
