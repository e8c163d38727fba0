namespace AgentRouter.Workflows.Yaml;

/// <summary>Finds things in a project: a folder with <c>agents/</c> or <c>agentrouter.yaml</c>, and usually <c>graphs/</c> and <c>skills/</c>.</summary>
internal static class ProjectFolder
{
    public const string AgentsFolder = "agents";
    public const string SkillsFolder = "skills";

    /// <summary>Finds the nearest folder above a file that is a project; the file's own folder when there is none.</summary>
    public static string Of(string file)
    {
        string own = Path.GetDirectoryName(Path.GetFullPath(file))!;
        for (string? folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(Path.Join(folder, AgentsFolder)) || File.Exists(Path.Join(folder, ConfigurationLoader.FileName)))
                return folder;
        }

        return own;
    }

    /// <summary>Makes a path that was written in a file absolute; <see langword="null"/> for what is no path.</summary>
    public static string? Resolve(string folder, string path) =>
        path.Length == 0 || path.Contains('\0') ? null : Path.GetFullPath(path, folder);

    /// <summary>Lists the YAML files of a folder, in order.</summary>
    public static IReadOnlyList<string> YamlFiles(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)] : [];

    /// <summary>Shortens a path for messages: below the current folder it is relative, as people type it.</summary>
    public static string Display(string fullPath)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, fullPath);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? fullPath : relative.Replace('\\', '/');
    }
}
