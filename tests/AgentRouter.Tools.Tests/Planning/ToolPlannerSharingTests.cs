using AgentRouter.Tools.Planning;

namespace AgentRouter.Tools.Tests.Planning;

/// <summary>One planner, used again and again and by many threads, answers as a new one does.</summary>
public sealed class ToolPlannerSharingTests
{
    private const int Facts = 30;

    private static readonly PlanningGraph Graph = RandomGraph(new Random(11));

    [Fact]
    public void A_planner_that_planned_before_answers_as_a_new_one()
    {
        var planner = new ToolPlanner(Graph, new());

        for (int seed = 0; seed < 100; seed++)
            Answer(planner, seed).ShouldBe(Answer(new ToolPlanner(Graph, new()), seed));
    }

    [Fact]
    public void Many_threads_get_the_same_answers()
    {
        string[] expected = [.. Enumerable.Range(0, 20).Select(seed => Answer(new ToolPlanner(Graph, new()), seed))];
        expected.Distinct().Count().ShouldBeGreaterThan(10);
        var planner = new ToolPlanner(Graph, new());
        using var start = new Barrier(64);
        var answers = new string[64][];
        Thread[] threads = [.. Enumerable.Range(0, 64).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            answers[i] = [.. Enumerable.Range(0, 20).Select(seed => Answer(planner, seed))];
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        answers.ShouldAllBe(answer => answer.SequenceEqual(expected));
    }

    [Fact]
    public void A_refused_call_does_not_spoil_the_next()
    {
        var planner = new ToolPlanner(Graph, new());
        Should.Throw<ArgumentException>(() => planner.Plan([.. Enumerable.Repeat(double.NaN, Graph.ToolCount)], new FactSet(Facts), [1]));
        Should.Throw<ArgumentException>(() => planner.Plan(new double[Graph.ToolCount], new FactSet(Facts), [1, 2, Facts]));

        Answer(planner, 3).ShouldBe(Answer(new ToolPlanner(Graph, new()), 3));
    }

    [Fact]
    public void Some_of_the_tools_are_planned_as_if_the_others_were_not_to_be_used_and_spoil_nothing()
    {
        var planner = new ToolPlanner(Graph, new());
        int[] some = [.. Enumerable.Range(0, Graph.ToolCount).Where(tool => tool % 3 != 0)];
        double[] weights = [.. some.Select(tool => 1.0 + (tool % 5))];
        double[] all = [.. Enumerable.Range(0, Graph.ToolCount).Select(tool => tool % 3 != 0 ? 1.0 + (tool % 5) : double.PositiveInfinity)];
        var satisfied = new FactSet(Facts);
        satisfied.Add(0);

        foreach (int fact in Enumerable.Range(1, Facts - 1))
        {
            Answer(planner, fact);
            Text(planner.Plan(some, weights, satisfied, [fact])).ShouldBe(Text(new ToolPlanner(Graph, new()).Plan(all, satisfied, [fact])));
        }

        Should.Throw<ArgumentException>(() => planner.Plan(some, all, satisfied, [1]));
    }

    [Fact]
    public void Planning_allocates_the_plan_and_nothing_else()
    {
        var planner = new ToolPlanner(Graph, new());
        double[] weights = [.. Enumerable.Repeat(1.0, Graph.ToolCount)];
        var satisfied = new FactSet(Facts);
        satisfied.Add(0);
        int[] goal = [Facts - 1, Facts - 2];
        ToolPlan? plan = planner.Plan(weights, satisfied, goal);
        planner.Plan(weights, satisfied, goal);

        long before = GC.GetAllocatedBytesForCurrentThread();
        planner.Plan(weights, satisfied, goal);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200 + sizeof(int) * plan.ShouldNotBeNull().Tools.Count);
    }

    // weights, what holds, and the goal follow from the seed
    private static string Answer(ToolPlanner planner, int seed)
    {
        var random = new Random(seed);
        double[] weights = [.. Enumerable.Range(0, Graph.ToolCount).Select(_ => random.Next(8) == 0 ? double.PositiveInfinity : random.Next(1, 40) / 8.0)];
        var satisfied = new FactSet(Facts);
        satisfied.Add(0);
        satisfied.Add(random.Next(Facts));
        int[] goal = [.. Enumerable.Range(0, 3).Select(_ => Facts - 1 - random.Next(10))];
        return Text(planner.Plan(weights, satisfied, goal));
    }

    private static string Text(ToolPlan? plan) => plan is null ? "none" : $"{string.Join(' ', plan.Tools)} {plan.Cost:R} {plan.LowerBound:R}";

    private static PlanningGraph RandomGraph(Random random) => new(Facts, [.. Enumerable.Range(0, 60).Select(_ =>
    {
        int middle = random.Next(1, Facts - 3);
        return new PlanningTool(
            [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(Math.Max(0, middle - 8), middle))],
            [.. Enumerable.Range(0, 2).Select(_ => random.Next(middle, Math.Min(Facts, middle + 8)))]);
    })]);
}
