using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Use;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Tests.Journal;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Memories;

/// <summary><c>remembers: facts</c>: a model finds the facts in what an agent was asked and answered.</summary>
public sealed class FactLearningTests : IAsyncLifetime
{
    private MemoryBench _memory = null!;

    public async Task InitializeAsync() => _memory = await MemoryBench.OfCatAsync();

    public async Task DisposeAsync() => await _memory.DisposeAsync();

    [Fact]
    public async Task Facts_are_learned_from_a_visit_on_the_budget_of_the_run()
    {
        var model = new FactModel(FactModel.Salmon);
        Bench bench = With(model);

        RunResult result = await bench.RunAsync(Learning());

        result.Answer.ShouldBe("Salmon.", result.Reason);
        (await FactsAsync()).ShouldBe(["The cat eats salmon."]);
        model.Asked.ShouldHaveSingleItem().ShouldContain("1. Friday 2026-01-02 03:04, \"user\": \"What does the cat eat?\"\n2. Friday 2026-01-02 03:04, \"coder\": \"Salmon.\"\n");
        result.Budget.Spent.Steps.ShouldBe(2, "the call is a step of the budget");
        bench.Of<StepRouted>().Select(routed => (routed.Node, routed.Agent, routed.Role)).ShouldBe([("work", "coder", "executor"), ("work", "memory", "summarizer")]);
        bench.Of<FactsAsked>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            asked => asked.Node.ShouldBe("work"), asked => (asked.Scope, asked.Episodes).ShouldBe(("project:shop", 2)));
        bench.Of<MemoryRemembered>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            remembered => (remembered.Items, remembered.Facts).ShouldBe((2, 1)));
        bench.Of<RunWarning>().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_asked_for_once_more()
    {
        var model = new FactModel("Salmon!", FactModel.Salmon);

        RunResult result = await With(model).RunAsync(Learning());

        result.Budget.Spent.Steps.ShouldBe(3, result.Reason);
        (await FactsAsync()).ShouldBe(["The cat eats salmon."]);
    }

    [Fact]
    public async Task Where_no_answer_can_be_used_the_agents_own_stays_and_the_turns_are_remembered()
    {
        var model = new FactModel("Salmon!");
        Bench bench = With(model);

        RunResult result = await bench.RunAsync(Learning());

        result.Answer.ShouldBe("Salmon.", result.Reason);
        model.Asked.Count.ShouldBe(2);
        bench.Of<RunWarning>().ShouldHaveSingleItem().Message.ShouldStartWith("No facts are learned from what node 'work' did: The model's answer could not be used: ");
        bench.Of<MemoryRemembered>().ShouldHaveSingleItem().Facts.ShouldBeNull();
        (await _memory.TextsAsync("project:shop", "Salmon")).ShouldContain("Salmon.");
    }

    [Fact]
    public async Task A_budget_that_has_no_room_for_facts_is_a_warning_and_nobody_is_asked_for_more()
    {
        Bench bench = With(new FactModel(FactModel.Salmon));
        bench.Budget = new Budget { Steps = 1, OnExceeded = OnExceeded.Ask };

        RunResult result = await bench.RunAsync(Learning());

        result.Answer.ShouldBe("Salmon.", result.Reason);
        bench.Of<RunWarning>().ShouldHaveSingleItem().Message.ShouldStartWith("No facts are learned from what node 'work' did: The budget has no room for it: ");
        bench.Of<PersonAsked>().ShouldBeEmpty();
        (await FactsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_that_cannot_be_asked_is_a_warning()
    {
        Bench bench = With(new Bench(new FakeModel((messages, _) => FactModel.IsLearning(messages) ? throw new HttpRequestException("no such host") : FakeModel.Text("Salmon."))));

        RunResult result = await bench.RunAsync(Learning());

        result.Answer.ShouldBe("Salmon.", result.Reason);
        bench.Of<RunWarning>().ShouldHaveSingleItem().Message.ShouldStartWith("No facts are learned");
    }

    [Fact]
    public async Task Wherever_the_process_dies_facts_are_paid_for_and_written_once()
    {
        var whole = new MortalStore();
        var asking = new FactModel("Salmon!", FactModel.Salmon);
        Bench first = With(asking);
        first.Store = whole;
        RunResult expected = await StartAsync(first);
        expected.Outcome.ShouldBe(RunOutcome.Succeeded, expected.Reason);
        int answered = whole.Events("run-1").ToList().FindIndex(next => next is CallAnswered) + 1;

        for (int dies = answered; dies < whole.Entries; dies++)
        {
            await using MemoryBench memory = await MemoryBench.OfCatAsync();
            var store = new MortalStore { DiesAfter = dies };
            var bench = new Bench(new FactModel("Salmon!", FactModel.Salmon).Client) { Store = store, Memory = memory.Memory };
            await StartAsync(bench);
            int answers = store.Events("run-1").OfType<CallAnswered>().Count();
            bool isKept = store.Events("run-1").OfType<FactsAsked>().Any();
            await memory.Memory.RememberAsync(MemoryBench.Shop, new() { Text = "Salmon is out of stock." });
            store.Revive();
            var second = new FactModel([.. new[] { "Salmon!", FactModel.Salmon }.Skip(answers - 1)]);
            bench = new Bench(second.Client) { Store = store, Memory = memory.Memory };
            RunResult resumed = await (await bench.Engine().ResumeAsync(Learning(), "run-1", streamEvents: false)).Completion;

            resumed.Reason.ShouldBeNull($"died after {dies}");
            resumed.Answer.ShouldBe("Salmon.", $"died after {dies}");
            (await FactsAsync(memory)).Count(text => text == "The cat eats salmon.").ShouldBe(1, $"died after {dies}");
            second.Asked.Count.ShouldBe(3 - answers, $"died after {dies}: what was answered is not asked again");
            if (isKept)
                second.Asked.ShouldAllBe(prompt => prompt == asking.Asked[0], $"died after {dies}: the same is asked");
            store.Events("run-1").OfType<MemoryRemembered>().ShouldHaveSingleItem().Facts.ShouldBe(1, $"died after {dies}");
        }
    }

    [Theory, InlineData(FactModel.Salmon), InlineData("Salmon!")]
    public async Task A_replay_needs_no_memory_asks_nobody_and_writes_nothing(string answer)
    {
        var model = new FactModel(answer);
        Bench bench = With(model);
        bench.Store = new MortalStore();
        await StartAsync(bench);
        int asked = model.Asked.Count;
        bench.Memory = null;

        ReplayResult replay = await bench.Engine().ReplayAsync(Learning(), "run-1");

        replay.Mismatch.ShouldBeNull();
        model.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task The_same_visit_again_is_not_asked_about_again()
    {
        var model = new FactModel(FactModel.Salmon);
        Bench bench = With(model);

        await bench.RunAsync(Workflow(
            MemoryBench.Node(Memory, "work", "again"),
            Branch("again", ("visits('work') < 2", "work"), (null, "done")),
            Done(answer: "{{ work }}")));

        bench.Of<NodeFinished>().Count(finished => finished.Node == "work").ShouldBe(2);
        model.Asked.ShouldHaveSingleItem();
    }

    private static MemoryDefinition Memory => MemoryDefinition.Of("project:shop") with { Tools = false, Remembers = MemoryRemembers.Facts };

    private static WorkflowDefinition Learning() => Workflow(MemoryBench.Node(Memory), Done(answer: "{{ work }}"));

    private static Task<RunResult> StartAsync(Bench bench) => bench.Engine().Start(Learning(), new RunRequest { RunId = "run-1", StreamEvents = false }).Completion;

    private async Task<string[]> FactsAsync(MemoryBench? memory = null) =>
        [.. (await (memory ?? _memory).Memory.RecallAsync(MemoryBench.Shop, new("What does the cat eat?") { MaxItems = 50 })).Items.Where(item => item.Node.Kind == MemoryNodeKind.Fact).Select(item => item.Node.Text)];

    private Bench With(FactModel model) => With(new Bench(model.Client));

    private Bench With(Bench bench)
    {
        bench.Memory = _memory.Memory;
        return bench;
    }
}
