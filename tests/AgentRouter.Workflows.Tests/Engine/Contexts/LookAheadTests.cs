using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Memory.Context;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Tests.Engine.Contexts;

/// <summary>Agents of a workflow that try strategies before they keep one.</summary>
public sealed class LookAheadTests
{
    [Theory]
    [InlineData("1", "recall", "It is 4711.")]
    [InlineData("2", "keepLast", "I do not know.")]
    [InlineData("3", "summarize", "It is 4711.")]
    public async Task What_is_chosen_is_kept_and_everything_is_recorded_and_paid(string choice, string word, string answer)
    {
        await using ContextWorld world = World(choice);

        RunResult result = await world.RunAsync();

        result.Answer.ShouldBe(answer, result.Reason);
        world.Compactions[0].Tried.ShouldBe(["recall", "keepLast", "summarize"]);
        world.Compactions[0].Strategy.ShouldBe(word);
        world.Compactions[0].Reason.ShouldBe("a look ahead of up to 2 steps found it the best of 3");
        // two steps of each, a summary and the choice
        world.Compactions[0].Steps.Count.ShouldBe(8);
        world.Events.OfType<StepRouted>().Where(routed => world.Compactions[0].Steps.Contains(routed.Step!.Value)).Select(routed => routed.Role).Distinct().ShouldBe(["executor", "summarizer", "checker"]);
        result.Budget.Spent.Usd.ShouldBe(Money.FromPicodollars(world.Events.OfType<BudgetSettled>().Sum(settled => settled.Booked.Usd.Picodollars)));
    }

    [Theory, InlineData("1"), InlineData("2"), InlineData("3")]
    public async Task Nothing_is_called_twice(string choice)
    {
        await using ContextWorld world = World(choice);

        await world.RunAsync();

        world.Looked.ShouldBe(Enumerable.Range(1, 16));
        world.Events.OfType<ToolCalled>().Count().ShouldBe(16);
    }

    [Fact]
    public async Task A_tool_that_a_person_must_approve_is_not_called_in_branches()
    {
        await using ContextWorld world = World("2", pages: 8);
        world.Workflow = world.Workflow with { Tools = new ToolRules { Approve = ["book.*"] } };

        RunResult result = await world.RunAsync();

        result.Outcome.ShouldBe(RunOutcome.Waiting);
        world.Events.OfType<ToolCalled>().Count().ShouldBeLessThanOrEqualTo(1);
    }

    [Theory, InlineData("1"), InlineData("2"), InlineData("3"), InlineData("none of them")]
    public async Task A_replay_goes_the_same_way_and_needs_no_memory(string choice)
    {
        await using ContextWorld world = World(choice);
        await world.RunAsync();
        world.Bench.Memory = null;
        int looked = world.Looked.Count;

        ReplayResult replay = await world.Bench.Engine().ReplayAsync(world.Workflow, ContextWorld.Run);

        replay.Mismatch.ShouldBeNull();
        world.Looked.Count.ShouldBe(looked);
    }

    [Fact]
    public async Task A_budget_that_is_used_up_while_trying_ends_with_the_agents_own_call()
    {
        await using ContextWorld whole = World("2");
        await whole.RunAsync();
        int first = whole.Compactions[0].Steps[0];
        await using ContextWorld poor = World("2");
        poor.Bench.Budget = new Budget { Calls = whole.Events.OfType<CallSent>().Count(sent => sent.Step < first) + 1, OnExceeded = OnExceeded.Stop };

        RunResult result = await poor.RunAsync();

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        poor.Compactions.ShouldHaveSingleItem().Strategy.ShouldBe("recall");
        Directory.EnumerateFiles(poor.Memory.Folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void An_agent_that_sets_its_strategy_does_not_look_ahead_because_its_workflow_does()
    {
        var workflow = new ContextDefinition { Tokens = 9_000, LookAhead = 3 };

        ContextDefinition.Of(null, workflow)!.LookAhead.ShouldBe(3);
        ContextDefinition.Of(new ContextDefinition { KeepLast = 7 }, workflow)!.LookAhead.ShouldBe(3);
        ContextDefinition.Of(new ContextDefinition { Strategy = ContextStrategy.KeepLast }, workflow)!.LookAhead.ShouldBeNull();
    }

    private static ContextWorld World(string choice, int pages = 16) => new(ContextStrategy.Auto, pages, lookAhead: 2) { Choice = choice };
}
