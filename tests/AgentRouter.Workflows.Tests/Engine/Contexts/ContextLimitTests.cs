using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Memory;
using AgentRouter.Memory.Context;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Runs;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Contexts;

/// <summary>Agents of a workflow whose conversations become too long.</summary>
public sealed class ContextLimitTests
{
    [Theory]
    [InlineData(ContextStrategy.KeepLast, "keepLast", "I do not know.")]
    [InlineData(ContextStrategy.Summarize, "summarize", "It is 4711.")]
    [InlineData(ContextStrategy.Recall, "recall", "It is 4711.")]
    [InlineData(ContextStrategy.Auto, "recall", "It is 4711.")]
    public async Task A_conversation_is_made_shorter_as_it_is_set(ContextStrategy strategy, string word, string answer)
    {
        await using var world = new ContextWorld(strategy);

        RunResult result = await world.RunAsync();

        result.Answer.ShouldBe(answer, result.Reason);
        world.Compactions.Length.ShouldBeInRange(1, 10);
        world.Compactions.ShouldAllBe(compacted => compacted.Node == "read" && compacted.Strategy == word && compacted.TokensBefore > compacted.TokensAfter && compacted.TokensAfter <= 900);
    }

    [Fact]
    public async Task A_summary_is_a_step_of_the_agent_that_the_budget_pays()
    {
        await using var world = new ContextWorld(ContextStrategy.Summarize);

        RunResult result = await world.RunAsync();

        int[] steps = [.. world.Compactions.SelectMany(compacted => compacted.Steps)];
        StepRouted[] summaries = [.. world.Events.OfType<StepRouted>().Where(routed => routed.Role == "summarizer")];
        steps.ShouldNotBeEmpty();
        summaries.Select(routed => routed.Step!.Value).ShouldBe(steps);
        summaries.ShouldAllBe(routed => routed.Node == "read" && routed.Agent == "reader");
        result.Budget.Spent.Usd.ShouldBe(Money.FromPicodollars(world.Events.OfType<BudgetSettled>().Sum(settled => settled.Booked.Usd.Picodollars)));
    }

    [Fact]
    public async Task A_summary_that_fails_ends_nothing_and_the_record_says_so()
    {
        await using var world = new ContextWorld(ContextStrategy.Summarize) { Summary = null };
        world.Bench.Memory = null;

        RunResult result = await world.RunAsync();

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        world.Compactions.ShouldNotBeEmpty();
        world.Compactions.ShouldAllBe(compacted => compacted.Strategy == "keepLast" && compacted.InPlaceOf == "summarize" && compacted.Reason.StartsWith("there is no summary: ") && compacted.Steps.Count == 1);
    }

    [Fact]
    public async Task A_summary_that_the_budget_refuses_ends_nothing_until_the_agents_own_call_is_refused()
    {
        await using var world = new ContextWorld(ContextStrategy.Summarize);
        world.Bench.Memory = null;
        await world.RunAsync();
        int steps = world.Compactions[0].Steps[0];
        await using var poor = new ContextWorld(ContextStrategy.Summarize);
        poor.Bench.Memory = null;
        // as many calls as come before the summary, and not one more
        poor.Bench.Budget = new Budget { Calls = world.Events.OfType<CallSent>().Count(sent => sent.Step < steps), OnExceeded = OnExceeded.Stop };

        RunResult result = await poor.RunAsync();

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        poor.Compactions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            compacted => compacted.Strategy.ShouldBe("keepLast"),
            compacted => compacted.InPlaceOf.ShouldBe("summarize"));
        poor.Events.OfType<BudgetRefused>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task The_agents_own_words_are_summed_up_by_auto_and_the_reason_is_recorded()
    {
        await using var world = new ContextWorld(ContextStrategy.Auto) { Thought = string.Join(' ', Enumerable.Repeat("I think so.", 60)) };
        world.Bench.Budget = new Budget { Usd = 1 };

        await world.RunAsync();

        world.Compactions.ShouldContain(compacted => compacted.Strategy == "summarize");
        world.Compactions[0].Reason.ShouldMatch(@"^\d+ % of what is left out is what tools said; a summary costs at most 0\.\d % of what is left of the budget$");
    }

    [Fact]
    public async Task To_recall_without_a_memory_fails_the_node_and_auto_does_without()
    {
        await using var world = new ContextWorld(ContextStrategy.Recall);
        world.Bench.Memory = null;

        (await world.RunAsync()).Reason.ShouldNotBeNull().ShouldContain("is to recall what its context has no room for, but there is no memory here. Set WorkflowEngineOptions.Memory, or write strategy: auto.");

        await using var other = new ContextWorld(ContextStrategy.Auto);
        other.Bench.Memory = null;
        (await other.RunAsync()).Outcome.ShouldBe(RunOutcome.Succeeded);
        other.Compactions.ShouldAllBe(compacted => compacted.Strategy == "summarize");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_was_put_into_the_memory_is_gone_when_the_run_has_ended(bool fails)
    {
        await using var world = new ContextWorld(ContextStrategy.Recall);
        if (fails)
            world.Bench.Budget = new Budget { Calls = 10, OnExceeded = OnExceeded.Stop };

        RunResult result = await world.RunAsync();

        result.Outcome.ShouldBe(fails ? RunOutcome.BudgetExceeded : RunOutcome.Succeeded);
        world.Events.OfType<MemoryRecalled>().ShouldContain(recalled => recalled.Notes.Count > 0 && RunScopes.RunOf(MemoryScope.Parse(recalled.Notes[0].Scope)) == "run-1");
        Directory.EnumerateFiles(world.Memory.Folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_agents_at_the_same_time_keep_apart()
    {
        await using var world = new ContextWorld(ContextStrategy.Recall, parallel: true);

        RunResult result = await world.RunAsync();

        result.Answer.ShouldBe("It is 4711. It is 4711.", result.Reason);
        string[] scopes = [.. world.Events.OfType<MemoryRecalled>().Where(recalled => recalled.Notes.Count > 0).Select(recalled => $"{recalled.Node} {string.Join(',', recalled.Notes.Select(note => note.Scope).Distinct())}").Distinct()];
        scopes.Length.ShouldBe(2);
        scopes.Select(scope => scope.Split(' ')[1]).ShouldBeUnique();
    }

    [Fact]
    public async Task A_kept_conversation_stays_short_over_the_visits_of_its_node()
    {
        var model = FakeModel.Saying(new string('x', 800));
        var bench = new Bench(model);
        AgentDefinition agent = Def("talker") with { Context = new ContextDefinition { Tokens = 600, Strategy = ContextStrategy.KeepLast } };
        AgentNode talk = Agent("talk", null, agent) with
        {
            KeepConversation = true,
            Next = [new EdgeDefinition("talk", When("visits('talk') < 12"), default), new EdgeDefinition("done", null, default)],
        };

        RunResult result = await bench.RunAsync(Workflow(talk, Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        bench.Of<ContextCompacted>().Count().ShouldBeInRange(2, 11);
        bench.Of<ContextCompacted>().ShouldAllBe(compacted => compacted.TokensBefore < 1_000);
    }

    [Fact]
    public async Task A_share_is_one_of_the_smallest_window_that_the_agent_may_be_answered_by()
    {
        await using var world = new ContextWorld(ContextStrategy.KeepLast, pages: 100);
        AgentNode read = (AgentNode)world.Workflow.Nodes[0];
        world.Workflow = world.Workflow with { Nodes = [read with { Agent = read.Agent with { MaxCalls = 200, Context = new ContextDefinition { Share = 0.02m, Strategy = ContextStrategy.KeepLast } } }, world.Workflow.Nodes[1]] };

        await world.RunAsync();

        world.Compactions[0].TokensBefore.ShouldBeInRange(2_560, 2_800, "0.02 of 128,000");
    }

    [Fact]
    public void An_agent_changes_parts_of_what_its_workflow_says()
    {
        var workflow = new ContextDefinition { Tokens = 9_000, Strategy = ContextStrategy.Summarize, KeepLast = 3 };

        ContextDefinition.Of(null, workflow).ShouldBe(workflow);
        ContextDefinition.Of(new ContextDefinition { KeepLast = 7 }, workflow).ShouldBe(workflow with { KeepLast = 7 });
        ContextDefinition.Of(new ContextDefinition { Share = 0.5m }, workflow).ShouldBe(workflow with { Tokens = null, Share = 0.5m });
        ContextDefinition.Of(new ContextDefinition { Strategy = ContextStrategy.None }, workflow).ShouldBeNull();
        ContextDefinition.Of(null, null).ShouldBeNull();
    }
}
