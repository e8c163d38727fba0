using ModelContextProtocol.Client;

namespace AgentRouter.Tools.Mcp;

/// <summary>The tools of an MCP server during a run. The connection, and the server when it is a process, end with it.</summary>
internal sealed class McpToolSession(McpClient client, IReadOnlyList<OpenTool> tools) : IToolSession
{
    /// <inheritdoc/>
    public IReadOnlyList<OpenTool> Tools => tools;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => client.DisposeAsync();
}
