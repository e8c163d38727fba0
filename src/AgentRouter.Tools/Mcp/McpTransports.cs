using AgentRouter.Configuration;
using ModelContextProtocol.Client;

namespace AgentRouter.Tools.Mcp;

/// <summary>Makes the way to an MCP server.</summary>
internal static class McpTransports
{
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(2);

    /// <summary>Makes the transport that the settings ask for.</summary>
    public static IClientTransport Make(McpServerSettings settings) => settings.Command is { } command
        ? new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = settings.Name,
            Command = command,
            Arguments = [.. settings.Arguments],
            ShutdownTimeout = ShutdownTime,
            // the keys of model providers are none of its business
            InheritEnvironmentVariables = false,
            EnvironmentVariables = EnvironmentOf(settings),
        })
        : new HttpClientTransport(new HttpClientTransportOptions
        {
            Name = settings.Name,
            Endpoint = settings.Url!,
            TransportMode = HttpTransportMode.StreamableHttp,
        });

    /// <summary>Says which server is not there, for messages.</summary>
    public static string Missing(McpServerSettings settings) => settings.Command is { } command
        ? $"'{command}' could not be started as an MCP server"
        : $"no MCP server answers at {settings.Url!.GetLeftPart(UriPartial.Path)}";

    private static Dictionary<string, string?> EnvironmentOf(McpServerSettings settings)
    {
        var environment = new Dictionary<string, string?>(StdioClientTransportOptions.GetDefaultEnvironmentVariables());
        foreach (string name in settings.PassedVariables) environment[name] = Environment.GetEnvironmentVariable(name);
        return environment;
    }
}
