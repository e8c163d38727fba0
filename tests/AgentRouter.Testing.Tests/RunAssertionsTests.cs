using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Routing;
using Microsoft.Extensions.AI;

namespace AgentRouter.Testing.Tests;

public sealed class RunAssertionsTests
{
    private static readonly BudgetAmount Cent = BudgetAmount.OneCall(Money.FromUsd(0.01m), 10);

    private readonly EventRecorder _run = new();

    public RunAssertionsTests()
    {
        _run.Emit(new NodeStarted("agent", 1) { Node = "code" });
        _run.Emit(Routed("small", "cheap enough") with { Node = "code" });
        _run.Emit(new NodeStarted("agent", 2) { Node = "code" });
        _run.Emit(Routed("large", "visit > 1") with { Node = "code" });
        _run.Emit(new BudgetReserved("m", Cent, new BudgetSnapshot()));
        _run.Emit(new BudgetSettled("m", Cent, false, new BudgetSnapshot { Spent = Cent }));
        _run.Emit(new ToolCalled("workspace.read", "call-1", """{"path":"a.cs"}"""));
        _run.Emit(new RunEnded(RunOutcome.Failed, "The tests failed.", "Not repaired.", new BudgetSnapshot { Spent = Cent with { Steps = 2 } }));
    }

    public static TheoryData<string, Action<EventRecorder>> Wrong => new()
    {
        { "ended Succeeded, but it ended Failed: The tests failed.", run => run.ShouldHaveEnded(RunOutcome.Succeeded) },
        { "because of 'budget', but the reason is: The tests failed.", run => run.ShouldHaveEnded(RunOutcome.Failed, "budget") },
        { "should contain 'Repaired.', but it is: Not repaired.", run => run.ShouldHaveAnswered("Repaired.") },
        { "visited code → test, but 'test' did not come in its turn; it visited code → code.", run => run.ShouldHaveVisited("code", "test") },
        { "visited only code, but it visited code → code.", run => run.ShouldHaveVisitedOnly("code") },
        { "should not have visited 'code'", run => run.ShouldNotHaveVisited("code") },
        { "call of visit 2 of node 'code' should be routed to small, but one went to model-large (large): visit > 1", run => run.ShouldHaveRouted("code", visit: 2, tier: "small") },
        { "call of node 'code' should be routed to large, but one went to model-small", run => run.ShouldHaveRouted("code", tier: "large") },
        { "should be an LLM call of visit 3 of node 'code'", run => run.ShouldHaveRouted("code", visit: 3, tier: "large") },
        { "called 'workspace.read' 2 times, but it did 1 times", run => run.ShouldHaveCalledTool("workspace.read", times: 2) },
        { "called 'workspace.read' with 'b.cs' at least once, but it did 0 times", run => run.ShouldHaveCalledTool("workspace.read", with: "b.cs") },
        { "called 'workspace.read' 0 times", run => run.ShouldNotHaveCalledTool("workspace.read") },
        { "spent at most", run => run.ShouldHaveSpentAtMost(0.009m) },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_expectation_says_what_was_found_and_what_the_run_did(string message, Action<EventRecorder> expectation)
    {
        RunAssertionException thrown = Should.Throw<RunAssertionException>(() => expectation(_run));

        thrown.Message.ShouldContain(message);
        thrown.Message.ShouldContain("code (agent, visit 2)");
        thrown.Message.ShouldContain("""calls workspace.read {"path":"a.cs"}""");
    }

    [Fact]
    public void A_right_expectation_gives_back_the_run() =>
        _run.ShouldHaveEnded(RunOutcome.Failed, "tests").ShouldHaveAnswered("repaired").ShouldHaveVisited("code").ShouldHaveVisitedOnly("code", "code")
            .ShouldNotHaveVisited("test").ShouldHaveRouted("code", visit: 1, model: "model-small").ShouldHaveCalledTool("workspace.read", times: 1, with: "a.cs")
            .ShouldNotHaveCalledTool("workspace.write").ShouldHaveSpentAtMost(0.01m).LedgerShouldBalance().ShouldBeSameAs(_run);

    [Fact]
    public void A_ledger_that_does_not_add_up_is_found()
    {
        Unbalanced(new BudgetReserved("m", Cent, new BudgetSnapshot())).ShouldContain("their numbers differ");
        Unbalanced(Ended(new BudgetSnapshot { Spent = Cent with { Steps = 2 }, Reserved = Cent })).ShouldContain("Nothing should be held");
        Unbalanced(Ended(new BudgetSnapshot { Spent = Cent })).ShouldContain("the sum is");
        Unbalanced(Ended(new BudgetSnapshot { Spent = Cent with { Steps = 2 }, LimitUsd = Money.FromUsd(0.001m) })).ShouldContain("keep to its limit");
        _run.Emit(new BudgetOverrun("m", Cent, default));
        _run.LedgerShouldBalance();
    }

    [Fact]
    public async Task A_task_outside_a_workflow_is_looked_at_in_the_same_way()
    {
        using var router = new StepRoutingChatClient(TestModels.From(TestScript.For().Always().Says("hello")));
        var events = new EventRecorder();
        using (router.BeginTask(new Budget { Usd = 1 }, events))
            await router.GetResponseAsync("hi");

        events.ShouldHaveRouted(null, tier: "small").ShouldHaveSpentAtMost(0.01m).LedgerShouldBalance();
        Should.Throw<RunAssertionException>(() => events.ShouldHaveEnded(RunOutcome.Succeeded)).Message.ShouldContain("it has not");
        Should.Throw<RunAssertionException>(() => new EventRecorder().ShouldHaveVisited("a")).Message.ShouldContain("Nothing was recorded.");
    }

    private string Unbalanced(RunEvent next)
    {
        var run = new EventRecorder();
        foreach (RunEvent earlier in _run.Events)
            run.Emit(earlier);
        run.Emit(next);
        return Should.Throw<RunAssertionException>(() => run.LedgerShouldBalance()).Message;
    }

    private static RunEnded Ended(BudgetSnapshot budget) => new(RunOutcome.Failed, null, null, budget);

    private static StepRouted Routed(string tier, string reason) => new(null, null, "model-" + tier, tier, "rules", reason, [], default);
}
