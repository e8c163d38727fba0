using AgentRouter.Tools.Planning;
using CsCheck;

namespace AgentRouter.Tools.Tests.Planning;

/// <summary>The planner against all ways to reach a goal, on random small problems.</summary>
public sealed class ToolPlannerPropertyTests
{
    // searches cut short at any place must keep their promises too
    private static readonly Gen<ToolPlannerOptions> Options = Gen.Int[0, 800].Select(looks => new ToolPlannerOptions { MaxLooks = looks });

    [Fact]
    public void A_plan_is_found_exactly_when_one_exists_and_it_is_the_cheapest() =>
        PlanningProblem.Any.Sample(
            problem =>
            {
                ToolPlan? plan = problem.Plan();

                plan?.Cost.ShouldBe(plan.LowerBound);
                plan?.IsOptimal.ShouldBeTrue();
                plan?.Cost.ShouldBe(plan.Tools.Sum(tool => problem.Weights[tool]));
                (plan?.Cost).ShouldBe(problem.LeastCost());
            },
            iter: 1_000);

    [Fact]
    public void A_plan_runs_in_its_order_and_no_tool_of_it_can_be_left_out() =>
        PlanningProblem.Any.Select(Options).Sample(
            (problem, options) =>
            {
                if (problem.Plan(options) is not { } plan)
                    return;

                problem.Runs(plan.Tools).ShouldBeTrue();
                foreach (int tool in plan.Tools)
                    problem.Reaches([.. plan.Tools.Where(other => other != tool)]).ShouldBeFalse();
            },
            iter: 1_500);

    [Fact]
    public void A_search_cut_short_still_tells_the_truth() =>
        PlanningProblem.Any.Select(Options).Sample(
            (problem, options) =>
            {
                double? least = problem.LeastCost();
                ToolPlan? plan = problem.Plan(options);

                (plan is null).ShouldBe(least is null);
                if (plan is null)
                    return;
                plan.LowerBound.ShouldBeLessThanOrEqualTo(least!.Value);
                plan.Cost.ShouldBeGreaterThanOrEqualTo(least.Value);
                if (plan.IsOptimal)
                    plan.Cost.ShouldBe(least.Value);
                plan.Gap.ShouldBeGreaterThanOrEqualTo(1);
            },
            iter: 1_000);

    [Fact]
    public void Numbers_that_are_not_round_change_nothing() =>
        PlanningProblem.Any.Select(Gen.Double[0.001, 1_000].Array[24]).Sample(
            (problem, factors) =>
            {
                PlanningProblem scaled = problem with { Weights = [.. problem.Weights.Select((weight, tool) => weight * factors[tool])] };

                ToolPlan? plan = scaled.Plan();

                (plan is null).ShouldBe(scaled.LeastCost() is null);
                if (plan is null)
                    return;
                plan.IsOptimal.ShouldBeTrue();
                plan.Cost.ShouldBe(scaled.LeastCost()!.Value, plan.Cost * 1e-9 + 1e-12);
            },
            iter: 1_000);
}
