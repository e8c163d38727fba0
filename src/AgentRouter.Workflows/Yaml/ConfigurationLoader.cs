using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Validation;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Loads the configuration of a project: <c>agentrouter.yaml</c>.</summary>
public static class ConfigurationLoader
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "agentrouter.yaml";

    /// <summary>Loads and checks a configuration. Finds everything that is wrong, at once. No provider is contacted and no secret is read.</summary>
    /// <param name="path">The file; it is called by this name in diagnostics.</param>
    /// <param name="prices">Where the prices of models come from that name none; the shipped table when not given.</param>
    public static LoadResult<RouterConfiguration> Load(string path, PriceTable? prices = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var diagnostics = new DiagnosticBag();
        RouterConfiguration? configuration = YamlFile.Open(Path.GetFullPath(path), path, diagnostics) is var (file, root)
            ? new ConfigurationReader(file, prices ?? PriceTable.Shipped).Read(new MapReader(file, root, "the configuration"))
            : null;
        return new LoadResult<RouterConfiguration>(configuration, diagnostics.InReadingOrder());
    }

    /// <summary>Finds the configuration of the project that a file or folder belongs to.</summary>
    /// <param name="path">A file or folder of the project.</param>
    /// <returns>The nearest <c>agentrouter.yaml</c> at or above it, or <see langword="null"/>.</returns>
    public static string? Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        for (string? folder = Directory.Exists(full) ? full : Path.GetDirectoryName(full); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string file = Path.Join(folder, FileName);
            if (File.Exists(file))
                return file;
        }

        return null;
    }
}
