using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Map;
using AgentRouter.Workflows.Nodes.Parallel;
using AgentRouter.Workflows.Tests.Engine;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Nodes;

public sealed class MapRunnerTests
{
    [Fact]
    public async Task Outputs_keep_the_order_of_the_list_and_no_more_than_the_limit_run_at_a_time()
    {
        int running = 0, most = 0;
        var gate = new SemaphoreSlim(0);
        var bench = new Bench();
        bench.Tools.Add(new FakeTools("box").Add("double", async (int value, int at) =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == 3)
                gate.Release(100);
            await gate.WaitAsync();
            Interlocked.Decrement(ref running);
            return $"{at}:{value * 2}";
        }));
        MapNode map = Map(Tool("work", "box.double", null, ("value", Text("{{ item }}")), ("at", Text("{{ index }}")))) with { Parallelism = 3 };

        RunResult result = await bench.RunAsync(Listing(map), ("list", new JsonArray(5, 6, 7, 8, 9)));

        result.Outputs["each"]!.ToJsonString().ShouldBe("""["0:10","1:12","2:14","3:16","4:18"]""");
        most.ShouldBe(3);
        bench.Of<NodeStarted>().Select(started => started.Node).ShouldContain("each/4/work");
    }

    [Fact]
    public async Task What_an_early_element_leaves_serves_the_later_ones()
    {
        var bench = new Bench { Budget = new Budget { Calls = 6, OnExceeded = OnExceeded.Stop } };

        RunResult result = await bench.RunAsync(Listing(Map(Agent("ask", null)) with { Parallelism = 1 }), ("list", new JsonArray("a", "b", "c")));

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        bench.Of<GrantGiven>().Select(grant => grant.Budget.LimitCalls).ShouldBe([2L, 2L, 4L]);
    }

    [Fact]
    public async Task A_failing_element_is_named_and_the_others_are_kept()
    {
        var bench = new Bench();
        bench.Tools.Add(new FakeTools("box").Add("check", (string value) => value == "bad" ? throw new ToolException("It is bad.") : value));
        MapNode map = Map(Tool("work", "box.check", null, ("value", Text("{{ word }}")))) with { As = "word", OnError = "save" };

        RunResult result = await bench.RunAsync(Listing(map), ("list", new JsonArray("x", "bad", "y")));

        result.Outputs["each"]!.ToJsonString().ShouldBe("""["x",null,"y"]""");
        result.Answer!.ShouldContain("1 of the 3 elements");
        result.Answer!.ShouldContain("Element 1: Tool 'box.check' failed: It is bad.");
    }

    [Fact]
    public async Task Cancelling_the_run_gives_back_what_the_elements_held_and_leaves_the_rest_untouched()
    {
        using var stop = new CancellationTokenSource();
        var bench = new Bench(FakeModel.Hanging()) { Budget = new Budget { Usd = 1, Calls = 20 } };
        NodeDefinition outer = new ParallelNode { Name = "all", Branches = [Map(Agent("ask", null)) with { Parallelism = 2, Next = [] }], Next = To("done") };
        WorkflowDefinition workflow = Workflow(outer, Done()) with { Inputs = [new InputDefinition { Name = "list", Type = InputType.List }] };
        Task<RunResult> reading = bench.ReadAsync(bench.Begin(workflow, stop.Token, ("list", new JsonArray("a", "b", "c", "d", "e"))));
        await Wait.UntilAsync(() => ((FakeModel)bench.Model).Calls == 2);

        await stop.CancelAsync();
        RunResult result = await reading;

        result.Outcome.ShouldBe(RunOutcome.Cancelled);
        result.Reason.ShouldBe("The run was cancelled.");
        result.Budget.Reserved.ShouldBe(default);
        bench.Of<GrantGiven>().Count().ShouldBe(3);
        bench.Of<GrantReturned>().Count().ShouldBe(3);
    }

    [Fact]
    public async Task An_empty_list_is_done_at_once_and_nothing_is_not_a_list()
    {
        (await new Bench().RunAsync(Listing(Map(Agent("ask", null))), ("list", new JsonArray()))).Outputs["each"]!.ToJsonString().ShouldBe("[]");

        RunResult result = await new Bench().RunAsync(Listing(Map(Agent("ask", null)) with { Over = When("inputs.nothing") }), ("list", new JsonArray()));
        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("needs a list, but 'inputs.nothing' is nothing");
    }

    private static MapNode Map(NodeDefinition body) => new() { Name = "each", Over = When("inputs.list"), Body = body, Next = To("done") };

    private static WorkflowDefinition Listing(MapNode map) => Workflow(map, Done(), Done("save", "{{ error.message }}")) with
    {
        Inputs = [new InputDefinition { Name = "list", Type = InputType.List }],
    };

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
