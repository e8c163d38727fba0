using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Cli.Hosting;

/// <summary>What a YAML file defines.</summary>
internal enum YamlFileKind
{
    Workflow,
    Agent,
    ToolGraph,
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
        bool hasTools = false, hasName = false;
        foreach (string line in File.ReadLines(path).Take(MostLines))
        {
            if (Begins(line, "nodes:"))
                return YamlFileKind.Workflow;
            if (Begins(line, "instructions:"))
                return YamlFileKind.Agent;
            if (Begins(line, "providers:") || Begins(line, "models:"))
                return YamlFileKind.Configuration;
            if (Begins(line, "facts:") || Begins(line, "capabilities:") || Begins(line, "goals:"))
                return YamlFileKind.ToolGraph;
            hasTools |= Begins(line, "tools:");
            hasName |= Begins(line, "name:");
        }

        return Path.GetFileName(Path.GetDirectoryName(path)) switch
        {
            "agents" => YamlFileKind.Agent,
            "tools" => YamlFileKind.ToolGraph,
            // a workflow has tools too, and a name
            _ => hasTools && !hasName ? YamlFileKind.ToolGraph : YamlFileKind.Workflow,
        };
    }

    private static bool Begins(string line, string key) => line.StartsWith(key, StringComparison.Ordinal);
}
