using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Skills.Use;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Tests.Journal;
using Microsoft.Extensions.AI;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Skills;

/// <summary><c>rerank: model</c>: a model chooses from what the search has found.</summary>
public sealed class SkillChoiceTests : IDisposable
{
    private readonly SkillBench _skills = SkillBench.OfThree();
    private readonly List<string> _asked = [];

    public void Dispose() => _skills.Dispose();

    [Fact]
    public async Task A_model_chooses_on_the_budget_of_the_run()
    {
        var bench = new Bench(Choosing("mend-a-test")) { Budget = new Budget { Steps = 9 } };

        RunResult result = await bench.RunAsync(Chosen());

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        SkillBench.Names(bench.Events).ShouldBe(["mend-a-test", "fix-a-test"]);
        bench.Of<SkillsFound>().ShouldHaveSingleItem().Skills.Select(skill => skill.Name).ShouldBe(["fix-a-test", "mend-a-test"], ignoreOrder: true);
        bench.Of<SkillsOffered>().Single().Skills[0].Reason.ShouldBe("a model chose it");
        result.Budget.Spent.Steps.ShouldBe(2, "the choice is a step of the budget");
        bench.Of<StepRouted>().Select(routed => routed.Node).ShouldBe(["work", "work"]);
        _asked.ShouldHaveSingleItem().ShouldContain("<data>Repair the failing test.</data>");
    }

    [Theory]
    [InlineData("none of them", true)]
    [InlineData("[2, 1]", true)]
    [InlineData("""{"skills": [7, -1, "2"]}""", false)]
    [InlineData("""{"skills": []}""", false)]
    public async Task An_answer_that_names_none_leaves_the_order_of_the_search(string answer, bool isSaid)
    {
        string[] plain = await NamesAsync(SkillRerank.None);
        var bench = new Bench(new FakeModel((messages, _) => FakeModel.Text(IsChoice(messages) ? answer : "good")));

        await bench.RunAsync(Chosen());

        SkillBench.Names(bench.Events).ShouldBe(plain);
        bench.Of<RunWarning>().Any(warning => warning.Message.Contains("gave no list of numbers", StringComparison.Ordinal)).ShouldBe(isSaid);
    }

    [Fact]
    public async Task A_model_that_cannot_be_asked_is_said_and_the_search_stands()
    {
        string[] plain = await NamesAsync(SkillRerank.None);
        var bench = new Bench(new FakeModel((messages, _) => IsChoice(messages) ? throw new HttpRequestException("no such host") : FakeModel.Text("good")));

        RunResult result = await bench.RunAsync(Chosen());

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        SkillBench.Names(bench.Events).ShouldBe(plain);
        bench.Of<RunWarning>().ShouldHaveSingleItem().Message.ShouldContain("in the order in which they were found");
    }

    [Fact]
    public async Task A_budget_that_has_no_room_for_the_choice_ends_the_run_and_is_not_overspent()
    {
        var bench = new Bench(Choosing("mend-a-test")) { Budget = new Budget { Usd = 0.000001m } };

        RunResult result = await bench.RunAsync(Chosen());

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded, result.Reason);
        _asked.ShouldBeEmpty();
        bench.Of<SkillsOffered>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_asked_where_there_is_nothing_to_choose_from()
    {
        using SkillBench one = new SkillBench().Skill("fix-a-test", "Find and repair the cause of a failing test.");
        var bench = new Bench(Choosing("fix-a-test"));

        await bench.RunAsync(Workflow(one.Node(one.Found() with { Rerank = SkillRerank.Model }), Done()));

        _asked.ShouldBeEmpty();
        SkillBench.Names(bench.Events).ShouldBe(["fix-a-test"]);
    }

    [Fact]
    public async Task Wherever_the_process_dies_the_choice_is_paid_once_and_stands()
    {
        var whole = new MortalStore();
        RunResult expected = await new Bench(Choosing("mend-a-test")) { Store = whole }.Engine().Start(Chosen(), Request()).Completion;
        expected.Outcome.ShouldBe(RunOutcome.Succeeded, expected.Reason);
        int found = whole.Events("run-1").ToList().FindIndex(next => next is SkillsFound) + 1;

        for (int dies = found; dies < whole.Entries; dies++)
        {
            using SkillBench skills = SkillBench.OfThree();
            var store = new MortalStore { DiesAfter = dies };
            _asked.Clear();
            var bench = new Bench(Choosing("mend-a-test")) { Store = store };
            await bench.Engine().Start(Chosen(skills), Request()).Completion;
            int before = _asked.Count;
            bool answered = store.Events("run-1").OfType<CallAnswered>().Any();
            skills.Skill("a-better-one", "Repair the failing test. Repair the failing test.");
            store.Revive();
            RunResult resumed = await (await bench.Engine().ResumeAsync(Chosen(skills), "run-1", streamEvents: false)).Completion;

            resumed.Reason.ShouldBeNull($"died after {dies}");
            SkillBench.Names(store.Events("run-1")).ShouldBe(["mend-a-test", "fix-a-test"], $"died after {dies}");
            if (answered)
                _asked.Count.ShouldBe(before, $"died after {dies}: what was answered is not asked again");
        }
    }

    [Fact]
    public async Task A_replay_asks_nobody_and_comes_to_the_same()
    {
        var bench = new Bench(Choosing("mend-a-test")) { Store = new MortalStore() };
        await bench.Engine().Start(Chosen(), Request()).Completion;
        _asked.Clear();

        ReplayResult replay = await bench.Engine().ReplayAsync(Chosen(), "run-1");

        replay.Mismatch.ShouldBeNull();
        _asked.ShouldBeEmpty();
    }

    private static RunRequest Request() => new() { RunId = "run-1", StreamEvents = false };

    private WorkflowDefinition Chosen(SkillBench? skills = null) => Workflow((skills ?? _skills).Node((skills ?? _skills).Found() with { Rerank = SkillRerank.Model }), Done());

    private async Task<string[]> NamesAsync(SkillRerank rerank)
    {
        var bench = new Bench();
        await bench.RunAsync(Workflow(_skills.Node(_skills.Found() with { Rerank = rerank }), Done()));
        return SkillBench.Names(bench.Events);
    }

    // chooses by name: what stands where in the list is the search's affair
    private FakeModel Choosing(string name) => new((messages, _) =>
    {
        if (!IsChoice(messages))
            return FakeModel.Text("good");
        string list = messages[^1].Text;
        _asked.Add(list);
        string line = list.Split('\n').First(line => line.Contains($"<data>{name}:", StringComparison.Ordinal));
        return FakeModel.Text($$"""{"skills": [{{line[..line.IndexOf('.', StringComparison.Ordinal)]}}]}""");
    });

    private static bool IsChoice(IReadOnlyList<ChatMessage> messages) => messages[0].Text.StartsWith("You choose which skills", StringComparison.Ordinal);
}
