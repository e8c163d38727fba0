using System.Text.Json;
using AgentRouter.TestMcpServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AgentRouter.Tools.Tests.Mcp;

/// <summary>A real MCP server over streamable HTTP on loopback, with the tools of the test server.</summary>
public sealed class WebMcpServer : IAsyncDisposable
{
    private readonly StreamableHttpServerTransport _transport = new() { SessionId = "session-1" };
    private readonly CancellationTokenSource _stop = new();
    private readonly McpServer _server;
    private readonly Task _running;
    private readonly WebApplication _web;

    private WebMcpServer()
    {
        _server = McpServer.Create(_transport, new McpServerOptions { ServerInfo = new() { Name = "test", Version = "1" }, ToolCollection = [.. ServerTools.All] });
        _running = _server.RunAsync(_stop.Token);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.MapPost("/", PostAsync);
    }

    public Uri Url => new(_web.Urls.Single());

    public static async Task<WebMcpServer> StartAsync()
    {
        var server = new WebMcpServer();
        await server._web.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _stop.CancelAsync();
        await _transport.DisposeAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    private async Task PostAsync(HttpContext context)
    {
        JsonRpcMessage? message = await JsonSerializer.DeserializeAsync<JsonRpcMessage>(context.Request.Body, McpJsonUtilities.DefaultOptions, context.RequestAborted);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["Mcp-Session-Id"] = _transport.SessionId;
        if (message is JsonRpcRequest)
        {
            await _transport.HandlePostRequestAsync(message, context.Response.Body, context.RequestAborted);
            return;
        }

        context.Response.ContentType = null;
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await _transport.HandlePostRequestAsync(message!, Stream.Null, context.RequestAborted);
    }
}
