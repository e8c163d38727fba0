using AgentRouter.Configuration;
using AgentRouter.Tools.Functions;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace AgentRouter.Tools.Mcp;

/// <summary>The tools of an MCP server, over standard input and output or streamable HTTP: <c>mcp.NAME.tool</c>.</summary>
/// <remarks>A server that is a process is started for each run that uses it and ends with the run. It gets the variables that programs
/// need, such as PATH and HOME, and none of the rest of the environment but those that the settings name.</remarks>
public sealed class McpToolSource : IToolSource
{
    private const string Prefix = "mcp.";
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(30);
    private readonly McpServerSettings _settings;

    /// <summary>Makes the source.</summary>
    /// <param name="settings">The server.</param>
    /// <exception cref="ConfigurationException">The name is not usable, or not exactly one of command and url is set.</exception>
    public McpToolSource(McpServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!ToolNames.IsSourceName(Prefix + settings.Name) || settings.Name.Contains('.', StringComparison.Ordinal))
        {
            throw new ConfigurationException($"The MCP server's name '{settings.Name}' is not usable: use up to 28 letters, digits, hyphens and underscores.");
        }

        if (string.IsNullOrWhiteSpace(settings.Command) == settings.Url is null)
        {
            throw new ConfigurationException($"The MCP server '{settings.Name}' needs either a command or a url.");
        }

        if (settings.Url is { } url && (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)))
        {
            throw new ConfigurationException($"The url of the MCP server '{settings.Name}' must begin with https:// or http://.");
        }

        _settings = settings;
        Name = Prefix + settings.Name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ToolDescription>? Descriptions => null;

    /// <inheritdoc/>
    /// <exception cref="ToolException">The server cannot be started or reached, or an allowed tool is not there.</exception>
    public async ValueTask<IToolSession> OpenAsync(ToolContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var timeout = new CancellationTokenSource(ConnectTime, context.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        McpClient? client = null;
        try
        {
            client = await McpClient.CreateAsync(McpTransports.Make(_settings), cancellationToken: either.Token).ConfigureAwait(false);
            IList<McpClientTool> tools = await client.ListToolsAsync(cancellationToken: either.Token).ConfigureAwait(false);
            return new McpToolSession(client, Select(client, tools, context));
        }
        catch (Exception exception) when (exception is not ToolException)
        {
            if (client is not null) await client.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw CannotOpen(exception);
        }
        catch
        {
            if (client is not null) await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private List<OpenTool> Select(McpClient client, IList<McpClientTool> tools, ToolContext context)
    {
        if (_settings.AllowedTools is { } allowed && allowed.FirstOrDefault(name => tools.All(tool => tool.Name != name)) is { } missing)
        {
            throw new ToolException($"The MCP server '{_settings.Name}' has no tool '{missing}': it has {string.Join(", ", tools.Select(tool => tool.Name))}.");
        }

        var open = new List<OpenTool>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (McpClientTool tool in tools.Where(tool => _settings.AllowedTools?.Contains(tool.Name) ?? true))
        {
            // two names may become one when characters that models may not use are replaced
            string fullName = ToolNames.FullName(Name, tool.Name);
            if (!names.Add(fullName.Replace('.', '_'))) fullName = ToolNames.HashedName(Name, tool.Name);
            names.Add(fullName.Replace('.', '_'));
            var function = new McpFunction(_settings.Name, fullName, client, tool, context.TimeProvider);
            open.Add(new OpenTool(function.Describe(), function));
        }

        return open;
    }

    private ToolException CannotOpen(Exception exception)
    {
        string why = exception is OperationCanceledException or TimeoutException ? $"no answer within {ConnectTime.TotalSeconds:0} seconds"
            : exception is McpException or IOException ? "it broke the protocol or ended"
            : exception.GetType().Name;
        return new ToolException($"The tools of '{_settings.Name}' are not there: {McpTransports.Missing(_settings)} ({why}). Check mcp.{_settings.Name} in the configuration.", exception);
    }
}
