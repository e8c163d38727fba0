using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Tests.Journal;
using Microsoft.Extensions.AI;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Skills;

/// <summary>Skills that are found with the vectors of a model, which the run pays for.</summary>
public sealed class SkillEmbeddingTests : IDisposable
{
    // no word of it stands in any skill
    private const string Asked = "Shorten my movie.";

    private readonly SkillBench _skills = SkillBench.OfThree();
    private readonly TopicEmbeddings _topics = new();
    private readonly TopicEmbeddings _dear = new(usdPerMillion: 1_000_000);
    private readonly MortalStore _store = new();

    // a vector of the dear ones costs a dollar for each byte of the task at worst
    private static Budget Half => new() { Usd = 0.5m, OnExceeded = OnExceeded.Stop };

    public void Dispose()
    {
        _skills.Dispose();
        _topics.Dispose();
        _dear.Dispose();
    }

    [Fact]
    public async Task The_vector_of_a_task_is_on_the_runs_budget_and_in_its_record()
    {
        Bench bench = NewBench();

        RunResult result = await bench.RunAsync(Flow(await _topics.IndexAsync(_skills.Folder)));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        SkillBench.Names(bench.Events).ShouldContain("cut-video");
        BudgetSettled embedded = bench.Of<BudgetSettled>().Single(settled => settled.Model == "hosted");
        embedded.ShouldSatisfyAllConditions(
            settled => settled.Node.ShouldBe("work"), settled => settled.Step.ShouldBeNull(),
            settled => settled.Booked.ShouldBe(new BudgetAmount(Money.FromUsd(0.000001m), 1, 0, 0)));
        result.Budget.Spent.Usd.ShouldBe(bench.Of<BudgetSettled>().Aggregate(Money.Zero, (sum, settled) => sum + settled.Booked.Usd));
        result.Budget.Spent.Tokens.ShouldBe(bench.Of<BudgetSettled>().Sum(settled => settled.Booked.Tokens));
        bench.Of<BudgetReserved>().Count().ShouldBe(bench.Of<BudgetSettled>().Count());
    }

    [Fact]
    public async Task Wherever_the_process_dies_what_was_spent_is_booked_and_what_was_found_is_not_paid_again()
    {
        WorkflowDefinition flow = Flow(await _topics.IndexAsync(_skills.Folder));
        RunResult expected = await NewBench().Engine().Start(flow, new RunRequest { RunId = "run-0", StreamEvents = false }).Completion;
        int entries = _store.Entries;
        int reserved = _store.Events("run-0").ToList().FindIndex(next => next is BudgetReserved { Model: "hosted" }) + 1;
        int offered = _store.Events("run-0").ToList().FindIndex(next => next is SkillsOffered) + 1;
        Money worst = ((BudgetReserved)_store.Events("run-0")[reserved - 1]).Held.Usd;
        Money once = Money.FromUsd(0.000001m);

        for (int dies = 2; dies < entries; dies++)
        {
            var store = new MortalStore { DiesAfter = dies };
            var topics = new TopicEmbeddings();
            await NewBench(store, topics).Engine().Start(flow, new RunRequest { RunId = "run-1", StreamEvents = false }).Completion;
            int before = topics.Calls;
            store.Revive();
            RunResult resumed = await (await NewBench(store, topics).Engine().ResumeAsync(flow, "run-1", streamEvents: false)).Completion;

            resumed.Outcome.ShouldBe(RunOutcome.Succeeded, $"died after {dies}: {resumed.Reason}");
            BudgetSettled[] settled = [.. store.Events("run-1").OfType<BudgetSettled>()];
            resumed.Budget.Spent.Usd.ShouldBe(settled.Aggregate(Money.Zero, (sum, each) => sum + each.Booked.Usd), $"died after {dies}");
            Money embedded = settled.Where(each => each.Model == "hosted").Aggregate(Money.Zero, (sum, each) => sum + each.Booked.Usd);
            // in doubt, it is booked at its worst and made again
            Money paid = dies >= offered || dies < reserved ? once : dies == reserved ? worst + once : once + once;
            embedded.ShouldBe(paid, $"died after {dies}");
            if (dies >= offered)
                topics.Calls.ShouldBe(before, $"died after {dies}");
            resumed.Answer.ShouldBe(expected.Answer);
        }
    }

    [Fact]
    public async Task A_replay_asks_nobody()
    {
        WorkflowDefinition flow = Flow(await _topics.IndexAsync(_skills.Folder));
        await NewBench().Engine().Start(flow, new RunRequest { RunId = "run-1", StreamEvents = false }).Completion;
        int calls = _topics.Calls;

        ReplayResult replay = await NewBench().Engine().ReplayAsync(flow, "run-1");

        replay.Mismatch.ShouldBeNull();
        _topics.Calls.ShouldBe(calls);
    }

    [Fact]
    public async Task What_the_agent_searches_for_itself_is_not_paid_for()
    {
        var model = new FakeModel((messages, _) => messages.Any(message => message.Role == ChatRole.Tool) ? FakeModel.Text("good") : FakeModel.Call("skills_search", ("query", "a movie")));
        Bench bench = NewBench(model: model);

        RunResult result = await bench.RunAsync(Flow(await _topics.IndexAsync(_skills.Folder)));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        _topics.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(OnExceeded.Stop)]
    [InlineData(OnExceeded.Ask)]
    public async Task A_budget_that_does_not_pay_for_the_vector_leaves_the_words(OnExceeded onExceeded)
    {
        Bench bench = NewBench(topics: _dear);
        bench.Budget = Half with { OnExceeded = onExceeded };

        RunResult result = await bench.RunAsync(Flow(await _topics.IndexAsync(_skills.Folder), "Repair the failing test."));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        SkillBench.Names(bench.Events).ShouldBe(["mend-a-test"]);
        bench.Of<BudgetRefused>().ShouldHaveSingleItem();
        bench.Of<PersonAsked>().ShouldBeEmpty();
        bench.Of<RunWarning>().ShouldContain(warning => warning.Message.Contains("found by words alone, because the vector of the task cannot be paid: the budget of $0.5"));
        _dear.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_whose_vector_was_refused_goes_on_and_is_replayed_by_words_alone()
    {
        WorkflowDefinition flow = Flow(await _topics.IndexAsync(_skills.Folder), "Repair the failing test.");
        RunResult expected = await NewBench(topics: _dear).Engine().Start(flow, new RunRequest { RunId = "run-0", StreamEvents = false, Budget = Half }).Completion;
        (await NewBench(topics: _dear).Engine().ReplayAsync(flow, "run-0")).Mismatch.ShouldBeNull();

        for (int dies = 2; dies < _store.Entries; dies++)
        {
            var store = new MortalStore { DiesAfter = dies };
            await NewBench(store, _dear).Engine().Start(flow, new RunRequest { RunId = "run-1", StreamEvents = false, Budget = Half }).Completion;
            store.Revive();
            RunResult resumed = await (await NewBench(store, _dear).Engine().ResumeAsync(flow, "run-1", streamEvents: false)).Completion;

            (resumed.Outcome, resumed.Answer).ShouldBe((RunOutcome.Succeeded, expected.Answer), $"died after {dies}: {resumed.Reason}");
            store.Events("run-1").OfType<BudgetRefused>().Count().ShouldBe(1, $"died after {dies}");
            SkillBench.Names(store.Events("run-1")).ShouldBe(["mend-a-test"], $"died after {dies}");
        }

        _dear.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_model_that_does_not_answer_leaves_the_words()
    {
        Bench bench = NewBench();
        WorkflowDefinition flow = Flow(await _topics.IndexAsync(_skills.Folder), "Repair the failing test.");
        _topics.OnCall = () => throw new ModelCallException(FailureClass.Throttled, "slow down");

        RunResult result = await bench.RunAsync(flow);

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        SkillBench.Names(bench.Events).ShouldBe(["mend-a-test"]);
        bench.Of<RunWarning>().ShouldContain(warning => warning.Message.Contains("found by words alone, because the task could not be embedded: slow down"));
    }

    [Fact]
    public async Task Folders_are_embedded_for_nothing_only()
    {
        Bench bench = NewBench();
        (await bench.RunAsync(Flow(_skills.Folder))).Reason.ShouldNotBeNull().ShouldContain("The embeddings 'hosted' cost money, so folders are not embedded in a run.");

        bench = NewBench(new MortalStore());
        bench.Embedders["hosted"] = _topics.Embedder(isPaid: false);
        RunResult result = await bench.RunAsync(Flow(_skills.Folder));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        SkillBench.Names(bench.Events).ShouldContain("cut-video");
        bench.Of<BudgetSettled>().ShouldAllBe(settled => settled.Model == "small-1");
    }

    [Fact]
    public async Task Vectors_of_another_model_are_an_error_and_no_model_is_a_warning()
    {
        string file = await _topics.IndexAsync(_skills.Folder);
        Bench bench = NewBench();
        bench.Embedders["hosted"] = new NamedEmbedder("p/others");
        (await bench.RunAsync(Flow(file))).Reason.ShouldNotBeNull().ShouldContain("has vectors of 'p/topics', not of the embeddings 'hosted' ('p/others'). Make an index with 'agentrouter skills index PATH --index FILE --embeddings hosted'");

        bench = NewBench(new MortalStore());
        bench.Embedders.Clear();
        RunResult result = await bench.RunAsync(Flow(file, "Repair the failing test."));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        bench.Of<RunWarning>().ShouldContain(warning => warning.Message == "Skills are found by words alone: there are no embeddings 'hosted' here.");
    }

    private Bench NewBench(MortalStore? store = null, TopicEmbeddings? topics = null, FakeModel? model = null)
    {
        var bench = new Bench(model) { Store = store ?? _store };
        bench.Embedders["hosted"] = (topics ?? _topics).Embedder();
        return bench;
    }

    private WorkflowDefinition Flow(string from, string task = Asked) =>
        Workflow(_skills.Node(new SkillsDefinition { TopK = 1, From = [from], Embeddings = "hosted" }, task: task), Done(answer: "{{ work }}"));

    private sealed class NamedEmbedder(string name) : AgentRouter.Skills.Dense.ISkillEmbedder
    {
        public string Name => name;

        public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, AgentRouter.Skills.Dense.EmbeddingPurpose purpose, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
