using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine;

public sealed class WorkflowEngineTests
{
    [Fact]
    public async Task A_run_goes_from_the_first_node_to_an_end_and_tells_everything_in_order()
    {
        var bench = new Bench(FakeModel.Saying("the plan")) { Budget = new Budget { Usd = 1 } };

        RunResult result = await bench.RunAsync(Workflow(Agent("plan"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        result.Answer.ShouldBe("the plan");
        result.RunId.ShouldBe("run-1");
        result.Outputs["plan"]!.GetValue<string>().ShouldBe("the plan");
        result.Budget.Spent.Calls.ShouldBe(1);
        bench.Events.Select(e => e.GetType().Name).ShouldBe(
        [
            nameof(RunStarted), nameof(NodeStarted), nameof(StepRouted), nameof(BudgetReserved), nameof(CallSent), nameof(BudgetSettled),
            nameof(CallAnswered), nameof(NodeFinished), nameof(EdgeTaken), nameof(NodeStarted), nameof(NodeFinished), nameof(RunEnded),
        ]);
        bench.Events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, bench.Events.Count).Select(i => (long)i));
        bench.Events.ShouldAllBe(e => e.RunId == "run-1" && e.Time == Start);
        bench.Of<StepRouted>().Single().Node.ShouldBe("plan");
        bench.Of<RunStarted>().Single().Models.Single().Name.ShouldBe("small-1");
    }

    [Fact]
    public async Task A_loop_goes_on_until_its_condition_says_no()
    {
        var bench = new Bench();

        RunResult result = await bench.RunAsync(Workflow(
            Agent("code", "again"), Branch("again", ("visits('code') < 4", "code"), (null, "gaveUp")), GaveUp(reason: "after {{ visits('code') }} tries")));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason.ShouldBe("after 4 tries");
        bench.Of<NodeStarted>().Where(e => e.Node == "code").Select(e => e.Visit).ShouldBe([1, 2, 3, 4]);
        bench.Of<EdgeTaken>().Last().When.ShouldBeNull();
    }

    [Fact]
    public async Task An_endless_loop_ends_at_the_limit_of_node_visits()
    {
        var bench = new Bench();

        RunResult result = await bench.RunAsync(Workflow(Branch("a", (null, "b")), Branch("b", (null, "a")), Done()) with { MaxVisits = 50 });

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("50 node visits");
        bench.Of<NodeStarted>().Count().ShouldBe(50);
    }

    [Fact]
    public async Task A_node_without_a_way_on_fails_the_run()
    {
        RunResult result = await new Bench().RunAsync(Workflow(Branch("a", ("visits('a') > 1", "done")), Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("no way on from node 'a'");
    }

    [Fact]
    public async Task A_failure_goes_to_the_onError_node_which_reads_it()
    {
        var bench = new Bench { Tools = { new FakeTools("box").Add("open", string () => throw new Tools.ToolException("The lid is stuck.")) } };

        RunResult result = await bench.RunAsync(Workflow(
            Tool("open", "box.open") with { OnError = "gaveUp" }, Done(), GaveUp(reason: "{{ error.node }}: {{ error.message }}")));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason.ShouldBe("open: Tool 'box.open' failed: The lid is stuck.");
        bench.Of<NodeFailed>().Single().Handled.ShouldBeTrue();
        bench.Of<EdgeTaken>().Single().When.ShouldBe("onError");
    }

    [Fact]
    public async Task Verify_reads_the_new_output_and_is_recorded()
    {
        var bench = new Bench { Tools = { new FakeTools("box").Add("test", () => new { exitCode = 1 }) } };

        await bench.RunAsync(Workflow(Tool("test", "box.test") with { Verify = When("test.exitCode == 0") }, Done()));

        NodeFinished finished = bench.Of<NodeFinished>().First();
        finished.Verified.ShouldBe(false);
        finished.Output.ShouldBe("""{"exitCode":1}""");
        bench.Of<NodeFinished>().Last().Verified.ShouldBeNull();
    }

    [Fact]
    public async Task A_node_that_takes_too_long_fails_with_its_timeout()
    {
        var bench = new Bench(FakeModel.Hanging());
        WorkflowRun run = bench.Begin(Workflow(Agent("slow") with { Timeout = TimeSpan.FromSeconds(30) }, Done()), CancellationToken.None);
        Task<RunResult> reading = bench.ReadAsync(run);
        await Wait.UntilAsync(() => ((FakeModel)bench.Model).Calls == 1);

        bench.Clock.Advance(TimeSpan.FromSeconds(31));
        RunResult result = await reading;

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("timeout of 30 s");
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_all_named_before_anything_runs()
    {
        WorkflowDefinition workflow = Workflow(Done()) with
        {
            Inputs =
            [
                new InputDefinition { Name = "issue" }, new InputDefinition { Name = "count", Type = InputType.Number },
                new InputDefinition { Name = "mode", Choices = ["fast", "slow"] },
            ],
        };

        string message = Should.Throw<ConfigurationException>(() => new Bench().Begin(
            workflow, CancellationToken.None, ("count", JsonValue.Create("three")), ("mode", JsonValue.Create("warp")), ("colour", JsonValue.Create("red")))).Message;

        message.ShouldContain("input 'issue' is missing");
        message.ShouldContain("input 'count' is not a number");
        message.ShouldContain("the choices are fast, slow");
        message.ShouldContain("no input 'colour'");
    }

    [Fact]
    public async Task Defaults_stand_in_for_inputs_that_are_not_given()
    {
        var bench = new Bench();
        WorkflowDefinition workflow = Workflow(Done(answer: "{{ inputs.name }}")) with
        {
            Inputs = [new InputDefinition { Name = "name", Default = JsonValue.Create("world") }],
        };

        (await bench.RunAsync(workflow)).Answer.ShouldBe("world");
        (await bench.RunAsync(workflow, ("name", JsonValue.Create("moon")))).Answer.ShouldBe("moon");
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a b")]
    public void A_run_id_that_could_leave_its_folder_is_refused(string runId) =>
        Should.Throw<ArgumentException>(() => new Bench().Engine().Start(Workflow(Done()), new RunRequest { RunId = runId }));

    [Fact]
    public async Task The_same_clock_ids_and_answers_give_the_same_events()
    {
        async Task<string[]> RunOnceAsync()
        {
            var bench = new Bench(FakeModel.Saying("one", "two", "three")) { Budget = new Budget { Usd = 1, Calls = 9 } };
            bench.Tools.Add(new FakeTools("box").Add("count", (int by) => by + 1));
            await bench.RunAsync(Workflow(
                Agent("a", "t"), Tool("t", "box.count", "again", ("by", JsonValue.Create(3))),
                Branch("again", ("visits('a') < 3", "a"), (null, "done")), Done()));
            return [.. bench.Events.Select(RunEventJson.Serialize)];
        }

        string[] first = await RunOnceAsync();
        first.Length.ShouldBeGreaterThan(30);
        (await RunOnceAsync()).ShouldBe(first);
    }

    [Fact]
    public async Task Runs_on_one_engine_do_not_touch_each_other()
    {
        WorkflowEngine engine = new Bench(new FakeModel((messages, _) => FakeModel.Text(messages[^1].Text))).Engine();
        WorkflowDefinition workflow = Workflow(Agent("a", "again") with { Prompt = Text("{{ inputs.number }}:{{ visits('a') }}") },
            Branch("again", ("visits('a') < 3", "a"), (null, "done")), Done()) with
        { Inputs = [new InputDefinition { Name = "number" }] };

        RunResult[] results = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => engine.Start(workflow, new RunRequest
        {
            Inputs = new Dictionary<string, JsonNode?> { ["number"] = JsonValue.Create($"n{i}") },
            Budget = new Budget { Calls = 4 },
        }).Completion));

        results.Select(result => result.Answer).ShouldBe(Enumerable.Range(0, 1_000).Select(i => $"n{i}:3"));
        results.ShouldAllBe(result => result.Budget.Spent.Calls == 3 && result.Outcome == RunOutcome.Succeeded);
        results.Select(result => result.RunId).Distinct().Count().ShouldBe(1_000);
    }

    [Fact]
    public async Task Events_have_one_reader_and_none_where_none_were_asked_for()
    {
        WorkflowEngine engine = new Bench().Engine();
        WorkflowRun silent = engine.Start(Workflow(Done()), new RunRequest { StreamEvents = false });
        Should.Throw<InvalidOperationException>(() => silent.ReadEventsAsync());
        (await silent.Completion).Outcome.ShouldBe(RunOutcome.Succeeded);

        WorkflowRun run = engine.Start(Workflow(Done()));
        await run.Completion;
        (await run.ReadEventsAsync().CountAsync()).ShouldBe(4);
        await Should.ThrowAsync<InvalidOperationException>(async () => await run.ReadEventsAsync().CountAsync());
    }
}
