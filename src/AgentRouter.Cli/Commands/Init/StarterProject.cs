using System.Reflection;
using AgentRouter.Cli.CommandLine;

namespace AgentRouter.Cli.Commands.Init;

/// <summary>The starter project; its files are resources of this program.</summary>
internal static class StarterProject
{
    private const string Prefix = "starter/";

    /// <summary>Writes the project.</summary>
    /// <param name="folder">Where: a folder that is empty or not there yet.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>The files, as paths from the folder.</returns>
    /// <exception cref="UsageException">The folder is not empty; nothing was written.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new UsageException($"{folder} is not empty. Name an empty folder, or a new one.");
        Assembly assembly = typeof(StarterProject).Assembly;
        string[] resources = [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        var written = new List<string>();
        foreach (string resource in resources)
        {
            string file = resource[Prefix.Length..].Replace('\\', '/');
            string path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using Stream content = assembly.GetManifestResourceStream(resource)!;
            await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await content.CopyToAsync(target, cancellationToken);
            written.Add(file);
        }

        return written;
    }
}
