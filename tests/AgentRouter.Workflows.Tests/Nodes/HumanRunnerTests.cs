using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Human;
using AgentRouter.Workflows.Nodes.Parallel;
using AgentRouter.Workflows.Runs.Sqlite;
using AgentRouter.Workflows.Tests.Engine;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Nodes;

public sealed class HumanRunnerTests : IDisposable
{
    private readonly List<SqliteRunStore> _stores = [];

    [Fact]
    public async Task A_person_is_asked_and_the_answer_is_the_output()
    {
        var person = new FakePerson("yes");
        var bench = new Bench(FakeModel.Saying("the plan")) { Person = person };

        RunResult result = await bench.RunAsync(Workflow(Agent("plan", "ask"), Ask("Do {{ plan }}?"), Done()));

        result.Answer.ShouldBe("yes");
        person.Questions.Single().Text.ShouldBe("Do the plan?");
        bench.Of<PersonAsked>().Single().Choices.ShouldBe(["yes", "no"]);
        bench.Of<PersonAnswered>().Single().ShouldSatisfyAllConditions(answer => answer.ByDefault.ShouldBeFalse(), answer => answer.Node.ShouldBe("ask"));
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_the_default_is_taken()
    {
        var bench = new Bench();

        RunResult result = await bench.RunAsync(Workflow(Ask("Go?") with { Default = "no" }, Done()));

        result.Answer.ShouldBe("no");
        bench.Of<PersonAnswered>().Single().ByDefault.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_default_the_run_ends_waiting(bool nobodyAnswers)
    {
        var bench = new Bench { Person = nobodyAnswers ? new FakePerson((string?)null) : null };

        RunResult result = await bench.RunAsync(Workflow(Ask("Go?"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Waiting);
        result.Reason.ShouldBe("The run waits for a person at node 'ask': Go?");
    }

    [Fact]
    public async Task When_the_time_is_up_the_default_is_taken()
    {
        var person = new FakePerson(async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return "never";
        });
        var bench = new Bench { Person = person };
        Task<RunResult> reading = bench.ReadAsync(bench.Begin(Workflow(Ask("Go?") with { Default = "no", Timeout = TimeSpan.FromMinutes(5) }, Done()), CancellationToken.None));
        await Wait.UntilAsync(() => person.Questions.Count == 1);

        bench.Clock.Advance(TimeSpan.FromMinutes(6));

        (await reading).Answer.ShouldBe("no");
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_the_run_waits_until_the_time_is_up_and_then_takes_the_default()
    {
        Bench bench = Kept();
        WorkflowDefinition workflow = Workflow(Ask("Go?") with { Default = "no", Timeout = TimeSpan.FromMinutes(5) }, Done());

        RunResult result = await bench.RunAsync(workflow);
        result.Outcome.ShouldBe(RunOutcome.Waiting);
        result.Reason.ShouldBe("The run waits for a person at node 'ask' until 2026-01-02 03:09:05 UTC, and then takes 'no': Go?");
        bench.Clock.Advance(TimeSpan.FromMinutes(4));
        (await ResumeAsync(bench, workflow)).Reason.ShouldBe(result.Reason);
        (await bench.Engine().ReplayAsync(workflow, "run-1")).Mismatch.ShouldBeNull();
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        (await bench.Engine().ReplayAsync(workflow, "run-1")).Mismatch.ShouldBeNull();

        (await ResumeAsync(bench, workflow)).Answer.ShouldBe("no");

        bench.Of<PersonAnswered>().Single().ByDefault.ShouldBeTrue();
        (await bench.Engine().ReplayAsync(workflow, "run-1")).Mismatch.ShouldBeNull();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task An_answer_that_came_while_the_run_waited_counts_late_or_not(int minutes)
    {
        Bench bench = Kept();
        WorkflowDefinition workflow = Workflow(Ask("Go?") with { Default = "no", Timeout = TimeSpan.FromMinutes(5) }, Done());
        await bench.RunAsync(workflow);
        bench.Clock.Advance(TimeSpan.FromMinutes(minutes));

        await RunAnswers.AddAsync(bench.Store, "run-1", "yes", timeProvider: bench.Clock);

        (await ResumeAsync(bench, workflow)).Answer.ShouldBe("yes");
    }

    [Theory]
    [InlineData(4, "yes", 1)]
    [InlineData(6, "no", 0)]
    public async Task A_person_who_comes_later_is_asked_while_there_is_time(int minutes, string answer, int asked)
    {
        Bench bench = Kept();
        WorkflowDefinition workflow = Workflow(Ask("Go?") with { Default = "no", Timeout = TimeSpan.FromMinutes(5) }, Done());
        await bench.RunAsync(workflow);
        bench.Clock.Advance(TimeSpan.FromMinutes(minutes));
        var person = new FakePerson("yes");
        bench.Person = person;

        (await ResumeAsync(bench, workflow)).Answer.ShouldBe(answer);

        person.Questions.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task A_person_who_comes_later_has_what_is_left_of_the_time()
    {
        Bench bench = Kept();
        WorkflowDefinition workflow = Workflow(Ask("Go?") with { Default = "no", Timeout = TimeSpan.FromMinutes(5) }, Done());
        await bench.RunAsync(workflow);
        bench.Clock.Advance(TimeSpan.FromMinutes(4));
        var person = new FakePerson(async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return "never";
        });
        bench.Person = person;
        Task<RunResult> resumed = ResumeAsync(bench, workflow);
        await Wait.UntilAsync(() => person.Questions.Count == 1);

        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        (await resumed).Answer.ShouldBe("no");
    }

    [Fact]
    public async Task In_a_fork_the_time_begins_anew()
    {
        Bench bench = Kept();
        WorkflowDefinition workflow = Workflow(Ask("Go?") with { Default = "no", Timeout = TimeSpan.FromMinutes(5) }, Done());
        await bench.RunAsync(workflow);
        long asked = bench.Of<PersonAsked>().Single().Sequence;
        bench.Clock.Advance(TimeSpan.FromDays(7));

        await bench.Engine().ForkAsync("run-1", new ForkRequest { At = asked, RunId = "run-2" });

        (await ResumeAsync(bench, workflow, "run-2")).Reason!.ShouldContain("until 2026-01-09 03:09:05 UTC");
    }

    [Fact]
    public async Task A_run_that_nobody_keeps_takes_the_default_at_once()
    {
        RunResult result = await new Bench().RunAsync(Workflow(Ask("Go?") with { Default = "no", Timeout = TimeSpan.FromMinutes(5) }, Done()));

        result.Answer.ShouldBe("no");
    }

    [Fact]
    public async Task A_kept_run_takes_a_default_without_a_time_at_once()
    {
        RunResult result = await Kept().RunAsync(Workflow(Ask("Go?") with { Default = "no" }, Done()));

        result.Answer.ShouldBe("no");
    }

    [Fact]
    public async Task An_answer_that_is_none_of_the_choices_fails_the_node()
    {
        RunResult result = await new Bench { Person = new FakePerson("perhaps") }.RunAsync(Workflow(Ask("Go?"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("'perhaps' is none of the choices yes, no");
    }

    [Fact]
    public async Task A_branch_that_waits_lets_the_others_finish_first()
    {
        RunResult result = await new Bench().RunAsync(Workflow(
            new ParallelNode { Name = "all", Branches = [Ask("Go?"), Agent("work", null)], Next = To("done") }, Done()));

        result.Outcome.ShouldBe(RunOutcome.Waiting);
        result.Budget.Spent.Calls.ShouldBe(1);
    }

    public void Dispose() => _stores.ForEach(store => store.Dispose());

    private Bench Kept()
    {
        var bench = new Bench();
        var store = new SqliteRunStore(new SqliteRunStoreOptions { Durability = RunDurability.Memory, TimeProvider = bench.Clock });
        _stores.Add(store);
        bench.Store = store;
        return bench;
    }

    private static async Task<RunResult> ResumeAsync(Bench bench, WorkflowDefinition workflow, string runId = "run-1") =>
        await bench.ReadAsync(await bench.Engine().ResumeAsync(workflow, runId));

    private static HumanNode Ask(string question) => new() { Name = "ask", Question = Text(question), Choices = ["yes", "no"], Next = To("done") };
}
