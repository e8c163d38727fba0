using AgentRouter.Configuration;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads MCP servers: a program to start, or an address.</summary>
internal static class McpServerReader
{
    public static IReadOnlyDictionary<string, McpServerSettings> Read(MapReader? map)
    {
        var servers = new Dictionary<string, McpServerSettings>();
        foreach ((string name, YamlNode key, YamlNode value) in map?.All() ?? [])
            servers[name] = One(new MapReader(map!.File, value, $"MCP server '{name}'", key), name);
        return servers;
    }

    private static McpServerSettings One(MapReader map, string name)
    {
        var server = new McpServerSettings
        {
            Name = name,
            Command = map.Text("command"),
            Arguments = map.Texts("args") ?? [],
            PassedVariables = map.Texts("env") ?? [],
            Url = ProviderReader.Address(map, "url"),
            AllowedTools = map.Texts("tools"),
            OffersSkills = map.Boolean("skills") ?? false,
        };
        if (map.Has("command") == map.Has("url"))
            map.File.Error(map.Name, $"{MapReader.Capital(map.What)} has either a 'command' to start or a 'url'.");
        map.Finish();
        return server;
    }
}
