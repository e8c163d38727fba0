namespace AgentRouter.Tools.Workspace.Testing;

/// <summary>Tells how a workspace's tests are run from the files in it.</summary>
internal static class TestCommand
{
    private static readonly (string Pattern, string Command)[] Known =
    [
        ("*.slnx", "dotnet test --nologo"),
        ("*.sln", "dotnet test --nologo"),
        ("*.csproj", "dotnet test --nologo"),
        ("*.fsproj", "dotnet test --nologo"),
        ("package.json", "npm test"),
        ("pyproject.toml", "python3 -m pytest -q"),
        ("pytest.ini", "python3 -m pytest -q"),
        ("setup.py", "python3 -m pytest -q"),
        ("test_*.py", "python3 -m pytest -q"),
    ];

    /// <summary>Finds the command.</summary>
    /// <param name="root">The workspace's folder.</param>
    /// <exception cref="ToolException">Nothing in the folder tells.</exception>
    public static string Find(string root)
    {
        foreach ((string pattern, string command) in Known)
        {
            if (Directory.EnumerateFiles(root, pattern).Any()) return command;
        }

        // a folder of projects without a solution: the one that says it is for tests, else the first
        string? project = Directory.EnumerateFiles(root, "*.csproj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3, IgnoreInaccessible = true })
            .Select(path => Path.GetRelativePath(root, path))
            .OrderBy(path => path.Contains("Test", StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .ThenBy(path => path, StringComparer.Ordinal)
            .FirstOrDefault();
        if (project is not null && !project.Contains('\'', StringComparison.Ordinal)) return $"dotnet test --nologo '{project}'";
        throw new ToolException("How this workspace is tested is not known: there is no solution, project, package.json or pyproject.toml in its root. Give the command.");
    }
}
