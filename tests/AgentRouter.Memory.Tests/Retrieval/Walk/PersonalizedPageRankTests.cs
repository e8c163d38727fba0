using AgentRouter.Memory.Retrieval.Walk;
using CsCheck;
using MathNet.Numerics.LinearAlgebra;

namespace AgentRouter.Memory.Tests.Retrieval.Walk;

public class PersonalizedPageRankTests
{
    private const double GoOn = 0.4;

    [Fact]
    public void It_is_the_solution_of_the_dense_equations()
    {
        Gen.Int[2, 12].SelectMany(size => Gen.Select(Gen.Select(Gen.Int[0, size - 1], Gen.Int[0, size - 1], Gen.Float[0.1f, 3]).Array[0, 40], Gen.Double[0, 1].Array[size]))
            .Sample((ways, weights) =>
            {
                int size = weights.Length;
                WalkGraph graph = Graph(size, ways);
                double[] seeds = Normalized(weights);
                double[] walked = PersonalizedPageRank.Of(graph, seeds, GoOn, rounds: 60);
                Vector<double> solved = (Matrix<double>.Build.DenseIdentity(size) - GoOn * Steps(graph)).Solve((1 - GoOn) * Vector<double>.Build.Dense(seeds));
                for (int place = 0; place < size; place++)
                    walked[place].ShouldBe(solved[place], 1e-6);
            }, iter: 300);
    }

    [Fact]
    public void What_longer_walks_add_is_bounded_by_the_chance_to_go_on()
    {
        WalkGraph ring = Graph(5, [(0, 1, 1f), (1, 2, 1f), (2, 3, 1f), (3, 4, 1f), (4, 0, 1f)]);
        double[] seeds = [1, 0, 0, 0, 0];
        double[] few = PersonalizedPageRank.Of(ring, seeds, GoOn, 6), many = PersonalizedPageRank.Of(ring, seeds, GoOn, 100);
        few.Zip(many, (a, b) => Math.Abs(a - b)).Sum().ShouldBeLessThan(2 * Math.Pow(GoOn, 7));
    }

    [Fact]
    public void Without_ways_the_seeds_keep_their_order()
    {
        double[] walked = PersonalizedPageRank.Of(Graph(3, []), [0.2, 0.5, 0.3], GoOn, 5);
        walked[1].ShouldBeGreaterThan(walked[2]);
        walked[2].ShouldBeGreaterThan(walked[0]);
    }

    [Fact]
    public void A_strong_way_is_taken_more_often()
    {
        double[] walked = PersonalizedPageRank.Of(Graph(3, [(0, 1, 3f), (0, 2, 1f)]), [1, 0, 0], GoOn, 5);
        (walked[1] / walked[2]).ShouldBe(3, 1e-6);
    }

    private static WalkGraph Graph(int size, (int From, int To, float Weight)[] ways)
    {
        var graph = new WalkGraph();
        for (int node = 0; node < size; node++)
            graph.Place(node);
        for (int node = 0; node < size; node++)
            graph.AddWays(node, [.. ways.Where(way => way.From == node).Select(way => (way.To, way.Weight))], ways.Where(way => way.From == node).Sum(way => way.Weight));
        return graph;
    }

    private static Matrix<double> Steps(WalkGraph graph)
    {
        Matrix<double> steps = Matrix<double>.Build.Dense(graph.Nodes.Count, graph.Nodes.Count);
        for (int place = 0; place < graph.Nodes.Count; place++)
        {
            ReadOnlySpan<int> targets = graph.TargetsOf(place);
            ReadOnlySpan<float> shares = graph.SharesOf(place);
            for (int way = 0; way < targets.Length; way++)
                steps[targets[way], place] += shares[way];
        }

        return steps;
    }

    private static double[] Normalized(double[] weights)
    {
        double sum = weights.Sum();
        return sum == 0 ? [.. weights.Select(_ => 1.0 / weights.Length)] : [.. weights.Select(weight => weight / sum)];
    }
}
