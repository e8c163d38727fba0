using AgentRouter.Tools.Planning;
using CsCheck;
using QuikGraph;
using QuikGraph.Algorithms;

namespace AgentRouter.Tools.Tests.Planning;

/// <summary>Where each tool needs one fact, the plan for one fact is a shortest path: the planner against QuikGraph's Dijkstra.</summary>
public sealed class ShortestPathTests
{
    private static readonly Gen<(int From, int To, double Weight)> Tool = Gen.Select(Gen.Int[0, 39], Gen.Int[0, 39], Gen.Double[0, 5]);

    [Fact]
    public void A_chain_of_tools_is_a_shortest_path() =>
        Gen.Select(Tool.Array[40, 160], Gen.Int[1, 39]).Sample(
            (tools, goal) =>
            {
                ToolPlan? plan = new ToolPlanner(new PlanningGraph(40, [.. tools.Select(tool => new PlanningTool([tool.From], [tool.To]))]), new())
                    .Plan([.. tools.Select(tool => tool.Weight)], Only(0), [goal]);

                double? shortest = ShortestPath(tools, goal);
                (plan is null).ShouldBe(shortest is null);
                if (plan is null)
                    return;
                plan.Cost.ShouldBe(shortest!.Value, 1e-9);
                plan.IsOptimal.ShouldBeTrue();
                tools[plan.Tools[0]].From.ShouldBe(0);
                tools[plan.Tools[^1]].To.ShouldBe(goal);
                for (int i = 1; i < plan.Tools.Count; i++)
                    tools[plan.Tools[i]].From.ShouldBe(tools[plan.Tools[i - 1]].To);
            },
            iter: 200);

    private static double? ShortestPath((int From, int To, double Weight)[] tools, int goal)
    {
        var graph = new AdjacencyGraph<int, TaggedEdge<int, double>>();
        graph.AddVertexRange(Enumerable.Range(0, 40));
        graph.AddEdgeRange(tools.Select(tool => new TaggedEdge<int, double>(tool.From, tool.To, tool.Weight)));
        return graph.ShortestPathsDijkstra(edge => edge.Tag, 0)(goal, out IEnumerable<TaggedEdge<int, double>>? path) ? path.Sum(edge => edge.Tag) : null;
    }

    private static FactSet Only(int fact)
    {
        var set = new FactSet(40);
        set.Add(fact);
        return set;
    }
}
