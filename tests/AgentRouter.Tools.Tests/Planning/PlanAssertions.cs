using AgentRouter.Tools.Planning;

namespace AgentRouter.Tools.Tests.Planning;

internal static class PlanAssertions
{
    /// <summary>Checks an optimal plan.</summary>
    public static void ShouldBe(this ToolPlan? plan, int[] tools, double cost)
    {
        plan.ShouldNotBeNull();
        plan.Tools.ShouldBe(tools);
        plan.Cost.ShouldBe(cost);
        plan.IsOptimal.ShouldBeTrue();
        plan.Gap.ShouldBe(1);
    }
}
