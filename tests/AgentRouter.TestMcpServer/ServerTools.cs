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
        McpServerTool.Create(Pay, new() { Name = "pay" }),
        McpServerTool.Create(Find, new() { Name = "find", ReadOnly = true }),
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

    [Description("Writes a payment into a ledger. It stands still before or after it has, where a file says so.")]
    private static async Task<string> Pay([Description("The ledger's file.")] string ledger, [Description("What is paid.")] string order, [Description("The account.")] string account, CancellationToken cancellationToken)
    {
        await StandAsync(ledger, "before", account, cancellationToken);
        await File.AppendAllTextAsync(ledger, $"{account} {order}\n", cancellationToken);
        await StandAsync(ledger, "after", account, cancellationToken);
        return $"{order} paid from {account}";
    }

    // LEDGER.before-ACCOUNT or LEDGER.after-ACCOUNT; the number of the process goes into it
    private static async Task StandAsync(string ledger, string when, string account, CancellationToken cancellationToken)
    {
        string sign = $"{ledger}.{when}-{account}";
        if (!File.Exists(sign))
            return;
        await File.WriteAllTextAsync(sign, $"{Environment.ProcessId}.", cancellationToken);
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }

    [Description("Tells whether something is paid.")]
    private static string Find([Description("The ledger's file.")] string ledger, [Description("What is paid.")] string order) =>
        File.Exists(ledger) && File.ReadAllText(ledger).Contains(order, StringComparison.Ordinal) ? $"{order} is paid" : "";

    [Description("Waits for ever.")]
    private static async Task<string> Wait(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return "never";
    }
}

public sealed record SumResult(int Total, int Count);
