using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Cli.Hosting;

/// <summary>What a YAML file defines.</summary>
internal enum YamlFileKind
{
    Workflow,
    Agent,
    Configuration,
}

/// <summary>Tells the kinds of files apart.</summary>
internal static class FileKinds
{
    private const int MostLines = 500;

    /// <summary>Tells a file's kind from its name, its folder and the keys at the left margin; a workflow when nothing tells.</summary>
    /// <param name="path">The file; it exists.</param>
    public static YamlFileKind Of(string path)
    {
        if (Path.GetFileName(path).StartsWith(ConfigurationLoader.FileName, StringComparison.OrdinalIgnoreCase))
            return YamlFileKind.Configuration;
        foreach (string line in File.ReadLines(path).Take(MostLines))
        {
            if (Begins(line, "nodes:"))
                return YamlFileKind.Workflow;
            if (Begins(line, "instructions:"))
                return YamlFileKind.Agent;
            if (Begins(line, "providers:") || Begins(line, "models:"))
                return YamlFileKind.Configuration;
        }

        return Path.GetFileName(Path.GetDirectoryName(path)) == "agents" ? YamlFileKind.Agent : YamlFileKind.Workflow;
    }

    private static bool Begins(string line, string key) => line.StartsWith(key, StringComparison.Ordinal);
}
