using AgentRouter.TestMcpServer;
using ModelContextProtocol.Server;

// an MCP server on standard input and output, for tests
McpServerOptions options = new() { ServerInfo = new() { Name = "test", Version = "1" }, ToolCollection = [.. ServerTools.All], ResourceCollection = [.. ServerSkills.All] };
await using StdioServerTransport transport = new("test");
await using McpServer server = McpServer.Create(transport, options);
await server.RunAsync();
