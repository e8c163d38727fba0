using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Tests.Engine.Skills;
using AgentRouter.Workflows.Tests.Journal;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Memories;

/// <summary><c>effort:</c> of a memory that has vectors: the run pays for those of its tasks.</summary>
public sealed class MemoryEmbeddingTests : IAsyncLifetime
{
    // one note has a word of it, another is about films, as it is
    private const string Task = "Shorten my movie about cats.";

    private readonly TopicEmbeddings _topics = new();
    private readonly TopicEmbeddings _dear = new(usdPerMillion: 1_000_000);
    private MemoryBench _memory = null!;

    // a vector of the dear ones costs a dollar for each byte of the task at worst
    private static Budget Half => new() { Usd = 0.5m, OnExceeded = OnExceeded.Stop };

    public async Task InitializeAsync() => _memory = await MakeAsync(_topics);

    public async Task DisposeAsync()
    {
        await _memory.DisposeAsync();
        _topics.Dispose();
        _dear.Dispose();
    }

    [Fact]
    public async Task The_vector_of_a_task_is_on_the_runs_budget_and_in_its_record()
    {
        Bench bench = NewBench(_memory);

        RunResult result = await bench.RunAsync(Recalling(MemoryEffort.Medium));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        _topics.Calls.ShouldBe(1);
        TaskEmbedded embedded = bench.Of<TaskEmbedded>().ShouldHaveSingleItem();
        (embedded.Node, embedded.Problem).ShouldBe(("work", null));
        bench.Of<BudgetSettled>().Single(settled => settled.Model == "hosted").ShouldSatisfyAllConditions(
            settled => settled.Node.ShouldBe("work"), settled => settled.Step.ShouldBeNull(), settled => settled.Booked.Usd.ShouldBe(Money.FromUsd(0.000001m) * embedded.Texts));
        result.Budget.Spent.Usd.ShouldBe(Sum(bench.Of<BudgetSettled>()));
        bench.Of<MemoryRecalled>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            recalled => recalled.Notes[0].Key.ShouldBe("chat/may#1", "the vectors say what words do not"),
            recalled => recalled.Plan!.Where(part => part.Part is "entities" or "topics" or "filter").ShouldAllBe(part => part.Effort == "medium" && part.Shortfall == null));
    }

    [Theory, InlineData(MemoryEffort.Low), InlineData(null)]
    public async Task Low_effort_makes_no_vectors(MemoryEffort? effort)
    {
        Bench bench = NewBench(_memory);

        await bench.RunAsync(Recalling(effort));

        bench.Of<MemoryRecalled>().Single().Notes[0].Key.ShouldBe("chat/may#3", "it has a word of the task");
        _topics.Calls.ShouldBe(0);
        bench.Of<TaskEmbedded>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Neither_what_the_agent_looks_for_nor_what_it_forgets_by_itself_is_paid_for()
    {
        Bench bench = NewBench(_memory, MemoryBench.Calling(("memory_recall", [("question", "Which movie?")]), ("memory_forget", [("what", "A film is long.")])));

        await bench.RunAsync(Workflow(MemoryBench.Node(MemoryDefinition.Of("project:shop") with { Effort = MemoryEffort.Medium }, task: Task), Done()));

        bench.Of<ToolReturned>().Count().ShouldBe(2);
        _topics.Calls.ShouldBe(1, "that of the task");
    }

    [Fact]
    public async Task Wherever_the_process_dies_what_was_spent_is_booked_and_a_vector_that_is_there_is_not_paid_again()
    {
        var whole = new MortalStore();
        RunResult expected = await StartAsync(NewBench(_memory, store: whole));
        expected.Outcome.ShouldBe(RunOutcome.Succeeded, expected.Reason);
        int calls = _topics.Calls;
        List<RunEvent> events = [.. whole.Events("run-1")];
        int reserved = events.FindIndex(next => next is BudgetReserved { Model: "hosted" }) + 1, embedded = events.FindIndex(next => next is TaskEmbedded) + 1;
        (Money worst, Money once) = (((BudgetReserved)events[reserved - 1]).Held.Usd, Sum(events.OfType<BudgetSettled>().Where(each => each.Model == "hosted")));

        for (int dies = 2; dies < whole.Entries; dies++)
        {
            var topics = new TopicEmbeddings();
            await using MemoryBench memory = await MakeAsync(topics);
            var store = new MortalStore { DiesAfter = dies };
            await StartAsync(NewBench(memory, store: store));
            int before = topics.Calls;
            await memory.SaidAsync(MemoryBench.Shop, "chat/june", ("Eve", "Shorten this film about cats, and that movie about cats."));
            store.Revive();
            Bench second = NewBench(memory, store: store);
            RunResult resumed = await (await second.Engine().ResumeAsync(Recalling(MemoryEffort.Medium), "run-1", streamEvents: false)).Completion;

            resumed.Outcome.ShouldBe(RunOutcome.Succeeded, $"died after {dies}: {resumed.Reason}");
            BudgetSettled[] settled = [.. store.Events("run-1").OfType<BudgetSettled>()];
            resumed.Budget.Spent.Usd.ShouldBe(Sum(settled), $"died after {dies}");
            // in doubt, it is booked at its worst and made again
            Money paid = dies >= embedded || dies < reserved ? once : dies == reserved ? worst + once : once + once;
            Sum(settled.Where(each => each.Model == "hosted")).ShouldBe(paid, $"died after {dies}");
            topics.Calls.ShouldBe(dies >= embedded ? before : before + calls, $"died after {dies}");
        }
    }

    [Fact]
    public async Task A_replay_needs_neither_memory_nor_vectors()
    {
        Bench bench = NewBench(_memory);
        bench.Store = new MortalStore();
        await StartAsync(bench);
        int calls = _topics.Calls;
        bench.Memory = null;

        (await bench.Engine().ReplayAsync(Recalling(MemoryEffort.Medium), "run-1")).Mismatch.ShouldBeNull();

        _topics.Calls.ShouldBe(calls);
    }

    [Theory, InlineData(OnExceeded.Stop), InlineData(OnExceeded.Ask)]
    public async Task A_budget_that_does_not_pay_for_the_vector_leaves_the_words(OnExceeded onExceeded)
    {
        await using MemoryBench memory = await MakeAsync(_dear);
        Bench bench = NewBench(memory);
        bench.Store = new MortalStore();
        bench.Budget = Half with { OnExceeded = onExceeded };

        RunResult result = await StartAsync(bench);

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        _dear.Calls.ShouldBe(0);
        RunEvent[] events = [.. ((MortalStore)bench.Store).Events("run-1")];
        events.OfType<BudgetRefused>().ShouldHaveSingleItem();
        events.OfType<PersonAsked>().ShouldBeEmpty();
        events.OfType<TaskEmbedded>().Single().Problem!.ShouldContain("the budget of $0.5");
        events.OfType<RunWarning>().ShouldContain(warning => warning.Message.StartsWith("The memory of node 'work' is searched without vectors:"));
        (await bench.Engine().ReplayAsync(Recalling(MemoryEffort.Medium), "run-1")).Mismatch.ShouldBeNull();
    }

    [Fact]
    public async Task A_run_whose_vector_was_refused_goes_on_without_wherever_its_process_dies()
    {
        var whole = new MortalStore();
        await using MemoryBench memory = await MakeAsync(_dear);
        await StartAsync(NewBench(memory, store: whole), Half);

        for (int dies = 2; dies < whole.Entries; dies++)
        {
            var store = new MortalStore { DiesAfter = dies };
            await StartAsync(NewBench(memory, store: store), Half);
            store.Revive();
            RunResult resumed = await (await NewBench(memory, store: store).Engine().ResumeAsync(Recalling(MemoryEffort.Medium), "run-1", streamEvents: false)).Completion;

            resumed.Outcome.ShouldBe(RunOutcome.Succeeded, $"died after {dies}: {resumed.Reason}");
            store.Events("run-1").OfType<BudgetRefused>().Count().ShouldBe(1, $"died after {dies}");
        }

        _dear.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_vectors_are_made_books_them_and_goes_on_without()
    {
        using var cancel = new CancellationTokenSource();
        var store = new MortalStore();
        _topics.OnCall = cancel.Cancel;
        _topics.ListensFor = TimeSpan.FromSeconds(30);
        Bench bench = NewBench(_memory, store: store);

        RunResult result = await bench.Engine().Start(Recalling(MemoryEffort.Medium), new RunRequest { RunId = "run-1", StreamEvents = false }, cancel.Token).Completion;

        result.Outcome.ShouldBe(RunOutcome.Cancelled, result.Reason);
        List<RunEvent> events = [.. store.Events("run-1")];
        events.FindIndex(next => next is TaskEmbedded { Problem: not null }).ShouldBeGreaterThan(events.FindIndex(next => next is BudgetSettled { Model: "hosted" }));
        result.Budget.Spent.Usd.ShouldBe(Sum(events.OfType<BudgetSettled>()));
        _topics.OnCall = () => { };
        RunResult resumed = await (await NewBench(_memory, store: store).Engine().ResumeAsync(Recalling(MemoryEffort.Medium), "run-1", streamEvents: false)).Completion;
        resumed.Outcome.ShouldBe(RunOutcome.Succeeded, resumed.Reason);
        resumed.Budget.Spent.Usd.ShouldBe(Sum(store.Events("run-1").OfType<BudgetSettled>()));
    }

    [Fact]
    public async Task Vectors_that_fail_make_the_effort_less_and_say_so()
    {
        _topics.OnCall = () => throw new HttpRequestException("Nobody is there.");
        Bench bench = NewBench(_memory);

        RunResult result = await bench.RunAsync(Recalling(MemoryEffort.Medium));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        bench.Of<MemoryRecalled>().Single().Plan!.Single(part => part.Part == "topics").ShouldSatisfyAllConditions(part => part.Effort.ShouldBe("low"), part => part.Shortfall!.ShouldContain("Nobody is there."));
        bench.Of<RunWarning>().ShouldContain(warning => warning.Message.Contains("Nobody is there."));
    }

    private static async Task<MemoryBench> MakeAsync(TopicEmbeddings topics)
    {
        var memory = new MemoryBench(topics.OfMemory());
        await memory.SaidAsync(MemoryBench.Shop, "chat/may", ("Anna", "My flight to Lisbon leaves on Friday."), ("Ben", "The video is on the shelf."), ("Eve", "The harbour of Lisbon is worth a visit."), ("Ben", "Which of the cats is hungry?"));
        await topics.EmbedAsync(memory.Store, MemoryBench.Shop);
        return memory;
    }

    private static Money Sum(IEnumerable<BudgetSettled> settled) => settled.Aggregate(Money.Zero, (sum, each) => sum + each.Booked.Usd);

    private static WorkflowDefinition Recalling(MemoryEffort? effort) =>
        Workflow(MemoryBench.Node(MemoryDefinition.Of("project:shop") with { Tools = false, Effort = effort }, task: Task), Done(answer: "{{ work }}"));

    private static Task<RunResult> StartAsync(Bench bench, Budget? budget = null) =>
        bench.Engine().Start(Recalling(MemoryEffort.Medium), new RunRequest { RunId = "run-1", StreamEvents = false, Budget = budget ?? bench.Budget }).Completion;

    private static Bench NewBench(MemoryBench memory, FakeModel? model = null, MortalStore? store = null)
    {
        var bench = new Bench(model) { Memory = memory.Memory };
        if (store is not null)
            bench.Store = store;
        return bench;
    }
}
