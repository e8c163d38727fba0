using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Tests.Journal;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Memories;

/// <summary><c>effort:</c> of a memory: a model helps to find what helps with the task of a visit.</summary>
public sealed class MemoryEffortTests : IAsyncLifetime
{
    private MemoryBench _memory = null!;

    public async Task InitializeAsync() => _memory = await MakeAsync();

    public async Task DisposeAsync() => await _memory.DisposeAsync();

    [Fact]
    public async Task A_model_reads_the_task_orders_the_notes_and_sums_them_up_on_the_budget_of_the_run()
    {
        var model = new EffortModel();
        Bench bench = With(model);

        RunResult result = await bench.RunAsync(Recalling(MemoryEffort.High));

        result.Answer.ShouldBe("Salmon.", result.Reason);
        model.Worked.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            prompt => prompt.ShouldContain("What the notes say, in short: \"The cat eats salmon [1].\""),
            prompt => prompt.ShouldContain("[1] chat/may, 2026-01-02 03:04, Anna: \"The cat eats salmon only, never tuna, since 1 May 2025.\""));
        model.Helped.Count.ShouldBe(3);
        result.Budget.Spent.Steps.ShouldBe(4);
        bench.Of<StepRouted>().Select(routed => (routed.Node, routed.Agent)).ShouldBe([("work", "memory"), ("work", "memory"), ("work", "memory"), ("work", "coder")]);
        bench.Of<MemorySearched>().Count().ShouldBe(2, "before and after the task was read");
        bench.Of<MemoryRecalled>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            recalled => recalled.IsSummed.ShouldBeTrue(),
            recalled => recalled.Plan!.Select(part => (part.Part, part.Effort)).ShouldBe([("entities", "high"), ("temporal", "high"), ("topics", "high"), ("filter", "high"), ("summary", "high")]),
            recalled => recalled.Plan!.ShouldAllBe(part => part.Reason == "wished for" && part.Shortfall == null));
    }

    [Fact]
    public async Task What_words_are_sure_of_costs_nothing()
    {
        var model = new EffortModel();
        Bench bench = With(model);

        await bench.RunAsync(Recalling(MemoryEffort.Auto, "The cat eats salmon only?"));

        model.Helped.ShouldBeEmpty();
        bench.Of<MemoryRecalled>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            recalled => recalled.Plan!.ShouldAllBe(part => part.Effort == "low"), recalled => recalled.IsSummed.ShouldBeFalse(), recalled => recalled.Notes[0].Key.ShouldBe("chat/may#0"));
    }

    [Fact]
    public async Task Medium_effort_asks_no_model_and_says_what_is_missing()
    {
        var model = new EffortModel();
        Bench bench = With(model);

        await bench.RunAsync(Recalling(MemoryEffort.Medium));

        model.Helped.ShouldBeEmpty();
        RecallPart[] plan = [.. bench.Of<MemoryRecalled>().Single().Plan!];
        plan.Single(part => part.Effort == "medium").Part.ShouldBe("summary");
        plan[0].Reason.ShouldBe("wished for; there are no vectors");
    }

    [Fact]
    public async Task What_the_agent_looks_for_by_itself_is_not_paid_for()
    {
        int helped = 0;
        FakeModel calling = MemoryBench.Calling(("memory_recall", [("question", "Which bicycle?")]));
        Bench bench = With(new Bench(new FakeModel((messages, options, token) =>
        {
            bool helps = messages[0].Text.Contains("memory", StringComparison.Ordinal);
            helped += helps ? 1 : 0;
            return helps ? Task.FromResult(FakeModel.Text("no")) : calling.GetResponseAsync(messages, options, token);
        })));

        await bench.RunAsync(Workflow(MemoryBench.Node(MemoryDefinition.Of("project:shop") with { Effort = MemoryEffort.High }), Done()));

        bench.Of<ToolReturned>().ShouldHaveSingleItem().Succeeded.ShouldBeTrue();
        helped.ShouldBe(3);
    }

    [Fact]
    public async Task Answers_that_cannot_be_read_make_the_effort_less_and_say_so()
    {
        var model = new EffortModel("as you wish");
        Bench bench = With(model);

        RunResult result = await bench.RunAsync(Recalling(MemoryEffort.High));

        result.Answer.ShouldBe("Salmon.", result.Reason);
        model.Worked.ShouldHaveSingleItem().ShouldContain("never tuna");
        bench.Of<MemoryRecalled>().Single().Plan!.ShouldAllBe(part => part.Effort != "high" && part.Shortfall != null);
    }

    [Fact]
    public async Task A_budget_that_is_used_up_makes_the_effort_less_and_is_not_overspent()
    {
        Bench bench = With(new EffortModel());
        bench.Budget = new Budget { Steps = 2, OnExceeded = OnExceeded.Stop };

        RunResult result = await bench.RunAsync(Recalling(MemoryEffort.High));

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded, result.Reason);
        result.Budget.Spent.Steps.ShouldBe(2);
        bench.Of<MemoryRecalled>().Single().Plan!.Single(part => part.Part == "summary").ShouldSatisfyAllConditions(
            part => part.Effort.ShouldBe("medium"), part => part.Shortfall.ShouldBe("the budget is used up"));
    }

    [Fact]
    public async Task Wherever_the_process_dies_the_same_is_asked_and_shown_and_paid_once()
    {
        var whole = new MortalStore();
        var asking = new EffortModel();
        Bench first = With(asking);
        first.Store = whole;
        RunResult expected = await StartAsync(first);
        expected.Outcome.ShouldBe(RunOutcome.Succeeded, expected.Reason);
        int searched = whole.Events("run-1").ToList().FindIndex(next => next is MemorySearched) + 1;

        for (int dies = searched; dies < whole.Entries; dies++)
        {
            await using MemoryBench memory = await MakeAsync();
            var store = new MortalStore { DiesAfter = dies };
            await StartAsync(new Bench(new EffortModel().Client) { Store = store, Memory = memory.Memory });
            int answered = store.Events("run-1").OfType<CallAnswered>().Count();
            int searches = store.Events("run-1").OfType<MemorySearched>().Count();
            await memory.SaidAsync(MemoryBench.Shop, "chat/june", ("Eve", "What does the cat eat? The cat eats what the cat eats."));
            store.Revive();
            var second = new EffortModel();
            var bench = new Bench(second.Client) { Store = store, Memory = memory.Memory };
            bench.Clock.Advance(TimeSpan.FromDays(2));
            RunResult resumed = await (await bench.Engine().ResumeAsync(Recalling(MemoryEffort.High), "run-1", streamEvents: false)).Completion;

            resumed.Reason.ShouldBeNull($"died after {dies}");
            (second.Helped.Count + second.Worked.Count).ShouldBe(4 - answered, $"died after {dies}: what was answered is not asked again");
            if (searches == 2)
            {
                second.Helped.Where(asked => asked.Contains("The notes:", StringComparison.Ordinal)).ShouldAllBe(asked => asking.Helped.Contains(asked), $"died after {dies}: the same is asked");
                second.Worked.ShouldAllBe(asked => asked == asking.Worked[0], $"died after {dies}: the same is shown");
            }
        }
    }

    [Theory, InlineData(null), InlineData("as you wish")]
    public async Task A_replay_needs_no_memory_and_asks_nobody(string? helps)
    {
        var model = new EffortModel(helps);
        Bench bench = With(model);
        bench.Store = new MortalStore();
        await StartAsync(bench);
        int asked = model.Helped.Count;
        bench.Memory = null;

        ReplayResult replay = await bench.Engine().ReplayAsync(Recalling(MemoryEffort.High), "run-1");

        replay.Mismatch.ShouldBeNull();
        model.Helped.Count.ShouldBe(asked);
    }

    private static async Task<MemoryBench> MakeAsync()
    {
        var memory = new MemoryBench();
        await memory.SaidAsync(MemoryBench.Shop, "chat/may", ("Anna", "The cat eats salmon only, never tuna, since 1 May 2025."), ("Ben", "My flight to Lisbon leaves on Friday."), ("Ben", "Who feeds the cat when I am in Lisbon?"));
        return memory;
    }

    private static WorkflowDefinition Recalling(MemoryEffort effort, string task = MemoryBench.Task) =>
        Workflow(MemoryBench.Node(MemoryDefinition.Of("project:shop") with { Tools = false, Effort = effort }, task: task), Done(answer: "{{ work }}"));

    private static Task<RunResult> StartAsync(Bench bench) => bench.Engine().Start(Recalling(MemoryEffort.High), new RunRequest { RunId = "run-1", StreamEvents = false }).Completion;

    private Bench With(EffortModel model) => With(new Bench(model.Client));

    private Bench With(Bench bench)
    {
        bench.Memory = _memory.Memory;
        return bench;
    }
}
