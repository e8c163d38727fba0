using System.Diagnostics;
using System.Text.Json.Nodes;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.TestMcpServer;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Mcp;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Healing;

/// <summary>Real MCP servers, killed with SIGKILL in the middle of calls while a workflow runs.</summary>
public sealed class KilledServersTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("agentrouter-killed-").FullName;

    private string Ledger => Path.Combine(_folder, "ledger");

    [Theory]
    [InlineData("after", "first")]
    [InlineData("before", "second")]
    public async Task A_server_that_is_killed_in_a_payment_is_gone_around_and_nothing_is_paid_twice(string when, string paidFrom)
    {
        string sign = $"{Ledger}.{when}-first";
        await File.WriteAllTextAsync(sign, "");
        var bench = new Bench();
        bench.Tools.AddRange([Server("first"), Server("second")]);

        WorkflowRun run = bench.Begin(Payment(Ledger), CancellationToken.None);
        Task<RunResult> completion = bench.ReadAsync(run);
        await KillAsync(sign, completion);
        RunResult result = await completion.WaitAsync(Patience);

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        (await File.ReadAllLinesAsync(Ledger)).ShouldBe([$"{paidFrom} A-7"]);
        bench.Of<ToolRerouted>().ShouldHaveSingleItem().Failure.ShouldBe("gone");
        bench.Of<ToolDoubtSettled>().ShouldHaveSingleItem().Verdict.ShouldBe(when == "after" ? "done" : "notDone");
    }

    private static WorkflowDefinition Payment(string ledger) => Workflow(
        Tool("pay", "capability.payment", "done", ("ledger", ledger), ("order", "A-7")), Done(answer: "{{ pay }}")) with
    {
        Tools = new ToolRules { Graph = Graph },
    };

    private static CapabilityGraph Graph => new(
        [
            Pay("first", 1), Pay("second", 2),
            new CapabilityTool { Name = "find", Tool = "mcp.second.find", Provides = ["found"], Needs = ["ledger", "order"], Effect = ToolEffect.None, IsResultPromised = false },
        ],
        [new CapabilityFact("ledger", DataType.Text), new CapabilityFact("order", DataType.Text)]);

    private static CapabilityTool Pay(string server, double cost) => new()
    {
        Name = "pay-" + server,
        Tool = $"mcp.{server}.pay",
        Provides = ["payment"],
        Needs = ["ledger", "order"],
        Arguments = new Dictionary<string, object> { ["account"] = JsonValue.Create(server) },
        Cost = cost,
        Check = "find",
    };

    private static McpToolSource Server(string name) => new(new McpServerSettings { Name = name, Command = "dotnet", Arguments = [typeof(ServerTools).Assembly.Location] });

    private static async Task KillAsync(string sign, Task run)
    {
        using var patience = new CancellationTokenSource(Patience);
        string text;
        while (!(text = await File.ReadAllTextAsync(sign, patience.Token)).EndsWith('.'))
        {
            run.IsCompleted.ShouldBeFalse();
            await Task.Delay(20, patience.Token);
        }

        using var server = Process.GetProcessById(int.Parse(text.TrimEnd('.'), System.Globalization.CultureInfo.InvariantCulture));
        server.Kill();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
