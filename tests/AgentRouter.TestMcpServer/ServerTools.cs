using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AgentRouter.TestMcpServer;

/// <summary>The tools of the test server: one for each thing that can happen.</summary>
public static class ServerTools
{
    public static IEnumerable<McpServerTool> All =>
    [
        McpServerTool.Create(Add, new() { Name = "add", ReadOnly = true }),
        McpServerTool.Create(Sum, new() { Name = "sum", UseStructuredContent = true }),
        McpServerTool.Create(Fail, new() { Name = "fail" }),
        McpServerTool.Create(Repeat, new() { Name = "repeat" }),
        McpServerTool.Create(Picture, new() { Name = "picture" }),
        McpServerTool.Create(Variable, new() { Name = "variable" }),
        McpServerTool.Create(Die, new() { Name = "die", Destructive = true }),
        McpServerTool.Create(Wait, new() { Name = "wait" }),
        McpServerTool.Create(() => "odd", new() { Name = "odd.name" }),
        McpServerTool.Create(() => "odd too", new() { Name = "odd_name" }),
        McpServerTool.Create(() => "long", new() { Name = new string('l', 100) }),
    ];

    [Description("Adds two numbers.")]
    private static string Add([Description("The first.")] int a, [Description("The second.")] int b) => $"{a + b}";

    [Description("Adds numbers.")]
    private static SumResult Sum(int[] numbers) => new(numbers.Sum(), numbers.Length);

    [Description("Fails.")]
    private static string Fail(string message) => throw new McpException(message);

    [Description("Repeats a text.")]
    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    [Description("Shows a picture.")]
    private static ContentBlock[] Picture() => [new TextContentBlock { Text = "look:" }, ImageContentBlock.FromBytes(new byte[1234], "image/png")];

    [Description("Reads an environment variable.")]
    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "not set";

    [Description("Ends the server.")]
    private static string Die()
    {
        Environment.FailFast(null);
        return "never";
    }

    [Description("Waits for ever.")]
    private static async Task<string> Wait(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return "never";
    }
}

public sealed record SumResult(int Total, int Count);
