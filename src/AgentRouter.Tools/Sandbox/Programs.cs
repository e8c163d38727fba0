namespace AgentRouter.Tools.Sandbox;

/// <summary>Finds programs of the system.</summary>
internal static class Programs
{
    /// <summary>Folders that only an administrator may write to, so that nobody puts another program in front.</summary>
    private static readonly string[] SystemFolders = ["/usr/bin", "/bin", "/usr/local/bin", "/run/current-system/sw/bin"];

    /// <summary>Finds a program by its name.</summary>
    /// <returns>Its path, or <see langword="null"/> when the system has none.</returns>
    public static string? Find(string name) =>
        SystemFolders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
