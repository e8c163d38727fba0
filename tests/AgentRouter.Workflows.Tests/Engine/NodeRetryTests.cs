using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Tests.Journal;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine;

public sealed class NodeRetryTests
{
    private static readonly NodeRetry Thrice = new(3, TimeSpan.FromSeconds(2));

    private readonly MortalStore _store = new();
    private Queue<FailureClass> _failures = [];
    private int _effects;

    [Fact]
    public async Task What_may_pass_is_tried_again_after_twice_the_pause()
    {
        _failures = new([FailureClass.Transient, FailureClass.Throttled]);
        WorkflowDefinition workflow = Workflow(Agent("work") with { Retry = Thrice }, Done(answer: "{{ work }} after {{ visits('work') }} visit"));

        (await RunAsync(workflow)).Answer.ShouldBe("good after 1 visit");

        IReadOnlyList<RunEvent> events = _store.Events("run-1");
        events.OfType<NodeStarted>().Count(node => node.Node == "work").ShouldBe(3);
        events.OfType<NodeFailed>().Select(failed => failed.RetriesAfter).ShouldBe([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)]);
        events.OfType<NodeFailed>().ShouldAllBe(failed => failed.Handled);
    }

    [Fact]
    public async Task The_last_attempt_fails_the_node()
    {
        _failures = new([FailureClass.Transient, FailureClass.Transient, FailureClass.Transient]);

        RunResult result = await RunAsync(Workflow(Agent("work") with { Retry = Thrice }, Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        _store.Events("run-1").OfType<NodeFailed>().Last().RetriesAfter.ShouldBeNull();
    }

    [Theory]
    [InlineData(FailureClass.InvalidRequest)]
    [InlineData(FailureClass.Authentication)]
    [InlineData(FailureClass.ContentFilter)]
    public async Task What_will_not_pass_is_not_tried_again(FailureClass failure)
    {
        _failures = new([failure]);

        (await RunAsync(Workflow(Agent("work") with { Retry = Thrice }, Done()))).Outcome.ShouldBe(RunOutcome.Failed);

        _store.Events("run-1").OfType<NodeFailed>().Single().RetriesAfter.ShouldBeNull();
    }

    [Theory]
    [InlineData("shop.look", 3)]
    [InlineData("shop.pay", 1)]
    public async Task A_tool_is_tried_again_only_where_it_may_be_called_twice(string tool, int calls)
    {
        _failures = new([FailureClass.Unknown, FailureClass.Unknown]);

        RunResult result = await RunAsync(Workflow(Tool("call", tool) with { Retry = Thrice }, Done()));

        result.Outcome.ShouldBe(calls == 1 ? RunOutcome.Failed : RunOutcome.Succeeded);
        _effects.ShouldBe(calls);
    }

    [Theory]
    [InlineData("shop.look", 2)]
    [InlineData("shop.pay", 1)]
    public async Task An_agent_that_has_acted_is_not_tried_again(string tool, int calls)
    {
        int asked = 0;
        var bench = new Bench(new FakeModel((_, options) => ++asked switch
        {
            1 => FakeModel.Call(tool.Replace('.', '_')),
            2 => throw new ModelCallException(FailureClass.Transient, "The line is down."),
            3 => FakeModel.Call(tool.Replace('.', '_')),
            _ => FakeModel.Text("good"),
        }));

        RunResult result = await RunAsync(Workflow(Agent("work", agent: Def("worker") with { Tools = [tool], MaxCalls = 4 }) with { Retry = Thrice }, Done()), bench);

        result.Outcome.ShouldBe(calls == 1 ? RunOutcome.Failed : RunOutcome.Succeeded, result.Reason);
        _effects.ShouldBe(calls);
    }

    [Fact]
    public async Task A_person_who_declines_is_not_asked_again()
    {
        WorkflowDefinition workflow = Workflow(Tool("call", "shop.look") with { Retry = Thrice }, Done()) with { Tools = new ToolRules { Approve = ["shop.*"] } };
        (await RunAsync(workflow)).Outcome.ShouldBe(RunOutcome.Waiting);
        await RunAnswers.AddAsync(_store, "run-1", "no");

        (await ResumeAsync(workflow)).Outcome.ShouldBe(RunOutcome.Failed);
        _effects.ShouldBe(0);
    }

    [Fact]
    public async Task Wherever_the_process_dies_no_attempt_is_made_twice_and_a_replay_agrees()
    {
        WorkflowDefinition workflow = Workflow(Tool("look", "shop.look", "work") with { Retry = Thrice }, Agent("work") with { Retry = Thrice }, Done(answer: "{{ work }}"));
        Queue<FailureClass> failures = new([FailureClass.Unknown, FailureClass.Transient, FailureClass.Timeout]);
        _failures = new(failures);
        RunResult whole = await RunAsync(workflow);
        whole.Answer.ShouldBe("good", whole.Reason);
        int boundaries = _store.Entries;
        ReplayResult replay = await Prepare(NewBench()).Engine().ReplayAsync(workflow, "run-1");
        replay.Mismatch.ShouldBeNull();
        replay.Result.Answer.ShouldBe("good");

        for (int dies = 2; dies < boundaries; dies++)
        {
            var one = new NodeRetryTests { _failures = new(failures) };
            one._store.DiesAfter = dies;
            await one.RunAsync(workflow);
            one._store.Revive();

            RunResult result = await one.ResumeAsync(workflow);

            result.Answer.ShouldBe("good", $"died after {dies}: {result.Reason}");
            one._store.Events("run-1").OfType<NodeFailed>().Count(failed => failed.RetriesAfter is not null).ShouldBeLessThanOrEqualTo(failures.Count, $"died after {dies}");
        }
    }

    private Bench NewBench() => new(new FakeModel((_, _) => Fails(isTool: false) is { } failure ? throw new ModelCallException(failure, "The line is down.") : FakeModel.Text("good")));

    private Bench Prepare(Bench bench)
    {
        bench.Store = _store;
        bench.Tools.Add(new FakeTools("shop").Add("look", Act, isIdempotent: true).Add("pay", Act));
        return bench;
    }

    private string Act()
    {
        _effects++;
        return Fails(isTool: true) is null ? "done" : throw new ToolException("The shop is closed.");
    }

    // tools fail for unknown reasons, models for known ones
    private FailureClass? Fails(bool isTool) =>
        _failures.TryPeek(out FailureClass failure) && failure == FailureClass.Unknown == isTool ? _failures.Dequeue() : null;

    private async Task<RunResult> RunAsync(WorkflowDefinition workflow, Bench? bench = null)
    {
        bench = Prepare(bench ?? NewBench());
        return await PassAsync(bench, bench.Engine().Start(workflow, new RunRequest { RunId = "run-1", StreamEvents = false }));
    }

    private async Task<RunResult> ResumeAsync(WorkflowDefinition workflow)
    {
        Bench bench = Prepare(NewBench());
        return await PassAsync(bench, await bench.Engine().ResumeAsync(workflow, "run-1", streamEvents: false));
    }

    // time passes while the run works
    private static async Task<RunResult> PassAsync(Bench bench, WorkflowRun run)
    {
        await Wait.UntilAsync(() =>
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            return run.Completion.IsCompleted;
        });
        return await run.Completion;
    }
}
