using AgentRouter.Tools.Planning;

namespace AgentRouter.Tools.Tests.Planning;

public sealed class ToolPlannerTests
{
    private const double Dead = double.PositiveInfinity;

    [Fact]
    public void A_dead_tool_is_replaced_by_the_next_cheapest()
    {
        // look up -> pay (two ways) -> confirm (two ways)
        PlanningProblem shop = Problem(goal: [2], satisfied: [], Tool([], [0], 1), Tool([0], [1], 1), Tool([0], [1], 2), Tool([1], [2], 1), Tool([1], [2], 2));

        shop.Plan().ShouldBe([0, 1, 3], cost: 3);
        (shop with { Weights = [1, Dead, 2, Dead, 2] }).Plan().ShouldBe([0, 2, 4], cost: 5);
        (shop with { Weights = [1, Dead, 2, Dead, 2], Satisfied = [1] }).Plan().ShouldBe([4], cost: 2);
        (shop with { Weights = [1, Dead, Dead, 1, 2] }).Plan().ShouldBeNull();
    }

    [Fact]
    public void All_branches_of_a_fan_out_are_run()
    {
        PlanningProblem moderation = Problem(goal: [1, 2, 3], satisfied: [0],
            Tool([0], [1], 1), Tool([0], [2], 1), Tool([0], [3], 1), Tool([0], [3], 2));

        moderation.Plan().ShouldBe([0, 1, 2], cost: 3);
        (moderation with { Weights = [1, 1, Dead, 2] }).Plan().ShouldBe([0, 1, 3], cost: 4);
        (moderation with { Weights = [1, Dead, 1, 2] }).Plan().ShouldBeNull();
    }

    [Fact]
    public void A_tool_that_several_others_build_on_is_paid_once()
    {
        // by themselves both goals are cheaper without the shared tool
        PlanningProblem shared = Problem(goal: [1, 2], satisfied: [],
            Tool([], [1], 4), Tool([], [2], 4), Tool([], [0], 5), Tool([0], [1], 1), Tool([0], [2], 1));

        ToolPlan plan = shared.Plan().ShouldNotBeNull();
        plan.Tools.Order().ShouldBe([2, 3, 4]);
        plan.Tools[0].ShouldBe(2);
        plan.Cost.ShouldBe(7);
        plan.IsOptimal.ShouldBeTrue();
        shared.Plan(new() { MaxLooks = 0 }).ShouldNotBeNull().Cost.ShouldBe(8);
    }

    [Fact]
    public void A_shortcut_that_provides_two_goals_at_once_is_found() =>
        Problem(goal: [0, 1, 2], satisfied: [], Tool([], [0], 2), Tool([], [1], 2), Tool([], [2], 2), Tool([], [0, 1, 2], 3))
            .Plan().ShouldBe([3], cost: 3);

    [Fact]
    public void A_cycle_is_entered_where_something_holds()
    {
        PlanningProblem cycle = Problem(goal: [0, 1], satisfied: [], Tool([1], [0], 1), Tool([0], [1], 1), Tool([], [1], 5));

        cycle.Plan().ShouldBe([2, 0], cost: 6);
        (cycle with { Weights = [1, 1, Dead] }).Plan().ShouldBeNull();
        (cycle with { Weights = [0, 0, 0] }).Plan().ShouldBe([2, 0], cost: 0);
    }

    [Fact]
    public void What_a_tool_needs_it_does_not_provide() =>
        Problem(goal: [0], satisfied: [], Tool([0], [0, 1], 0), Tool([1], [0], 0)).Plan().ShouldBeNull();

    [Fact]
    public void Nothing_to_do_is_an_empty_plan()
    {
        PlanningProblem problem = Problem(goal: [], satisfied: [0], Tool([], [0, 1], 1));

        problem.Plan().ShouldBe([], cost: 0);
        (problem with { Goal = [0, 0] }).Plan().ShouldBe([], cost: 0);
        (problem with { Goal = [1, 1, 0] }).Plan().ShouldBe([0], cost: 1);
    }

    [Fact]
    public void A_fact_that_nobody_provides_has_no_plan() =>
        Problem(goal: [0, 1], satisfied: [], Tool([], [0], 1)).Plan().ShouldBeNull();

    [Fact]
    public void Repeated_needs_and_provides_count_once() =>
        Problem(goal: [1, 1], satisfied: [], Tool([], [0, 0], 1), Tool([0, 0], [1, 1], 1)).Plan().ShouldBe([0, 1], cost: 2);

    [Fact]
    public void Of_equal_tools_the_one_declared_first_is_used() =>
        Problem(goal: [1], satisfied: [], Tool([], [0], 1), Tool([], [0], 1), Tool([0], [1], 1), Tool([0], [1], 1)).Plan().ShouldBe([0, 2], cost: 2);

    [Fact]
    public void Weights_far_apart_do_not_confuse_it() =>
        Problem(goal: [1, 2], satisfied: [0], Tool([0], [1], 1e90), Tool([0], [2], 1e-90), Tool([0], [1], 2e90), Tool([0], [2], 3e-90))
            .Plan().ShouldBe([1, 0], cost: 1e90);

    [Fact]
    public void A_long_chain_declared_backwards_is_planned_in_order()
    {
        const int length = 3_000;
        PlanningProblem chain = Problem(goal: [length - 1], satisfied: [],
            [.. Enumerable.Range(0, length).Reverse().Select(i => Tool(i == 0 ? [] : [i - 1], [i], 1))]);

        chain.Plan().ShouldBe([.. Enumerable.Range(0, length).Reverse()], cost: length);
    }

    [Fact]
    public void Shared_work_doubled_a_thousand_times_over_is_still_planned()
    {
        // each fact needs two that both need the one before: the sum of needs doubles at each level, beyond what a double holds
        const int levels = 1_100;
        var tools = new List<(PlanningTool, double)> { Tool([], [0], 1) };
        for (int level = 0; level < levels; level++)
        {
            int fact = 3 * level;
            tools.AddRange([Tool([fact], [fact + 1], 1), Tool([fact], [fact + 2], 1), Tool([fact + 1, fact + 2], [fact + 3], 1)]);
        }

        ToolPlan plan = Problem(goal: [3 * levels], satisfied: [], [.. tools]).Plan().ShouldNotBeNull();

        plan.Cost.ShouldBe(1 + 3 * levels);
        plan.LowerBound.ShouldBeGreaterThan(2 * levels);
    }

    [Fact]
    public void A_large_problem_has_a_bound_that_says_how_good_its_plan_is()
    {
        var random = new Random(1);
        PlanningProblem large = Problem(goal: [397, 398, 399], satisfied: [],
            [.. Enumerable.Range(0, 1_000).Select(i => i < 40
                ? Tool([], [random.Next(40)], random.Next(1, 9))
                : Tool([random.Next(i / 25 * 10 - 10, i / 25 * 10), random.Next(i / 25 * 10 - 10, i / 25 * 10)], [.. Enumerable.Range(i / 25 * 10, 10).Where(_ => random.Next(2) == 0)], random.Next(1, 9)))]);

        ToolPlan plan = large.Plan().ShouldNotBeNull();

        plan.IsOptimal.ShouldBeFalse();
        plan.LowerBound.ShouldBeGreaterThan(0);
        plan.Gap.ShouldBe(plan.Cost / plan.LowerBound);
        large.Runs(plan.Tools).ShouldBeTrue();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.MaxValue)]
    public void A_weight_that_makes_no_sense_is_refused(double weight) =>
        Should.Throw<ArgumentException>(() => Problem(goal: [0], satisfied: [], Tool([], [0], 1), Tool([], [0], weight)).Plan())
            .Message.ShouldStartWith("The weight of tool 1 is ");

    [Fact]
    public void Arguments_of_another_graph_are_refused()
    {
        var planner = new ToolPlanner(new PlanningGraph(2, [new([0], [1])]), new());

        Should.Throw<ArgumentException>(() => planner.Plan([1, 1], new FactSet(2), [1]));
        Should.Throw<ArgumentException>(() => planner.Plan([1], new FactSet(3), [1]));
        Should.Throw<ArgumentException>(() => planner.Plan([1], new FactSet(2), [2]));
        Should.Throw<ArgumentException>(() => planner.Plan([1], new FactSet(2), [-1]));
        Should.Throw<ArgumentException>(() => new PlanningGraph(2, [new([2], [1])])).Message.ShouldStartWith("Tool 0 names the fact 2; there are 2 facts.");
        Should.Throw<ArgumentException>(() => new ToolPlanner(planner.Graph, new() { MaxLooks = -1 }));
    }

    [Fact]
    public void A_path_that_is_added_belongs_to_the_new_graph_only()
    {
        var graph = new PlanningGraph(2, [new([], [0])]);
        PlanningGraph more = graph.With(new([0], [1]));

        new ToolPlanner(graph, new()).Plan([1], new FactSet(2), [1]).ShouldBeNull();
        new ToolPlanner(more, new()).Plan([1, 1], new FactSet(2), [1]).ShouldBe([0, 1], cost: 2);
    }

    private static (PlanningTool, double) Tool(int[] needs, int[] provides, double weight) => (new PlanningTool(needs, provides), weight);

    private static PlanningProblem Problem(int[] goal, int[] satisfied, params (PlanningTool Tool, double Weight)[] tools) => new(
        1 + tools.SelectMany(tool => tool.Tool.Needs.Concat(tool.Tool.Provides)).Concat(goal).Concat(satisfied).Max(),
        [.. tools.Select(tool => tool.Tool)],
        [.. tools.Select(tool => tool.Weight)],
        satisfied,
        goal);
}
