using System.Text.Json;
using AgentRouter.Expressions;
using AgentRouter.Tools.Functions;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Text;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace AgentRouter.Tools.Mcp;

/// <summary>One tool of an MCP server.</summary>
internal sealed class McpFunction : AIFunction
{
    private const int MaxDescription = 1024;
    private static readonly TimeSpan CallTime = TimeSpan.FromMinutes(5);
    private readonly string _server;
    private readonly string _fullName;
    private readonly McpClient _client;
    private readonly McpClientTool _tool;
    private readonly TimeProvider _timeProvider;
    private readonly IReadOnlyDictionary<string, object?> _additionalProperties;

    public McpFunction(string server, string fullName, McpClient client, McpClientTool tool, TimeProvider timeProvider)
    {
        _server = server;
        _fullName = fullName;
        _client = client;
        _tool = tool;
        _timeProvider = timeProvider;
        Description = OutputCapture.Shorten(TerminalText.Clean(tool.Description), MaxDescription);
        _additionalProperties = HintsOf(tool.ProtocolTool.Annotations);
    }

    /// <inheritdoc/>
    public override string Name => _fullName.Replace('.', '_');

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override JsonElement JsonSchema => _tool.JsonSchema;

    /// <inheritdoc/>
    public override JsonElement? ReturnJsonSchema => _tool.ReturnJsonSchema;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> AdditionalProperties => _additionalProperties;

    /// <summary>Makes the tool's description. What it says of its effects is the server's word.</summary>
    public ToolDescription Describe() => new(_fullName, Description, _tool.ReturnJsonSchema is { } schema ? JsonSchemaTypes.Read(schema) : DataType.Any)
    {
        Parameters = JsonSchemaTypes.Properties(_tool.JsonSchema),
        RequiredParameters = JsonSchemaTypes.Required(_tool.JsonSchema),
        IsIdempotent = _tool.ProtocolTool.Annotations is { } hints && (hints.IdempotentHint == true || hints.ReadOnlyHint == true),
    };

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        if (_client.Completion.IsCompleted)
        {
            throw new ToolException($"{_fullName}: the MCP server '{_server}' ended before the call. Its tools are gone for the rest of the run.") { Kind = ToolFailureKind.Gone };
        }

        using var timeout = new CancellationTokenSource(CallTime, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            Task<CallToolResult> call = _tool.CallAsync(arguments, cancellationToken: either.Token).AsTask();
            Task first = await Task.WhenAny(call, _client.Completion).ConfigureAwait(false);
            if (first != call && !call.IsCompleted)
            {
                // nobody will answer any more; the call ends with the token
                await either.CancelAsync().ConfigureAwait(false);
                throw Ended(null);
            }

            CallToolResult result = await call.ConfigureAwait(false);
            return result.IsError == true
                ? throw new ToolException($"{_fullName}: {McpResults.ToText(result.Content)}")
                : McpResults.Read(result);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolException($"{_fullName}: the MCP server '{_server}' did not answer within {CallTime.TotalMinutes:0} minutes.", exception) { Kind = ToolFailureKind.Timeout, MayHaveTakenEffect = true };
        }
        catch (Exception exception) when (exception is ClientTransportClosedException || (_client.Completion.IsCompleted && exception is not (ToolException or OperationCanceledException)))
        {
            throw Ended(exception);
        }
        catch (McpException exception)
        {
            throw new ToolException($"{_fullName}: the MCP server '{_server}' refused the call: {OutputCapture.Shorten(exception.Message, MaxDescription)}", exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or JsonException or ObjectDisposedException or InvalidOperationException)
        {
            throw new ToolException($"{_fullName}: the MCP server '{_server}' cannot be reached ({exception.GetType().Name}).", exception) { Kind = ToolFailureKind.Broke, MayHaveTakenEffect = true };
        }
    }

    // only what a server says: MCP takes silence for destructive, and most servers are silent
    private static Dictionary<string, object?> HintsOf(ToolAnnotations? hints)
    {
        var properties = new Dictionary<string, object?>();
        if (hints is { DestructiveHint: true, ReadOnlyHint: not true })
            properties[ToolTraits.DestructiveKey] = true;
        if (hints?.ReadOnlyHint == true)
            properties[ToolTraits.ReadOnlyKey] = true;
        if (hints?.IdempotentHint == true)
            properties[ToolTraits.IdempotentKey] = true;
        return properties;
    }

    private ToolException Ended(Exception? exception) =>
        new($"{_fullName}: the MCP server '{_server}' ended during the call, so whether it took effect is not known. Its tools are gone for the rest of the run.", exception)
        {
            Kind = ToolFailureKind.Gone,
            MayHaveTakenEffect = true,
        };
}
