using AgentRouter.Budgets;
using AgentRouter.Routing.Tasks;

namespace AgentRouter.Routing.Tests.Tasks;

public sealed class TaskScopeTests
{
    [Fact]
    public void Who_waits_for_a_verification_is_told_the_next_one_and_no_other()
    {
        var told = new List<bool>();
        using TaskScope task = TaskScope.Begin("run-1", new BudgetLedger(Budget.Unlimited));
        task.WhenVerified(told.Add);

        task.Report(true);
        task.Report(false);

        told.ShouldBe([true]);
    }

    [Fact]
    public void A_branch_that_ends_unverified_hands_on_who_waits_in_it()
    {
        var told = new List<string>();
        using TaskScope task = TaskScope.Begin("run-1", new BudgetLedger(Budget.Unlimited));
        using (TaskScope branch = task.BeginPart("branch", new BudgetLedger(Budget.Unlimited)))
        {
            branch.WhenVerified(right => told.Add($"verified: {right}"));
            branch.Report(true);
            branch.WhenVerified(right => told.Add($"handed on: {right}"));
        }

        task.Report(false);

        told.ShouldBe(["verified: True", "handed on: False"]);
    }
}
