namespace AgentRouter.Workflows.Tests.Yaml;

/// <summary>Finds files of the repository.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> In(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(Path.Join(Root, folder), pattern).Order(StringComparer.Ordinal)];

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Join(folder, "AgentRouter.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The repository was not found above the tests.");
    }
}
