namespace AgentRouter.Memory.Retrieval.Walk;

/// <summary>Where a walker is found who begins at the seeds, goes on at random along the ways, and begins again now and then.</summary>
/// <remarks>
/// L. Page et al., 1998; T. Haveliwala, "Topic-sensitive PageRank", 2002; for memory: HippoRAG (B. Jiménez Gutiérrez et al., 2024). After n rounds
/// the sum over all walks of at most n steps is exact; what longer walks add is at most the probability to go on, to the power of n + 1.
/// </remarks>
internal static class PersonalizedPageRank
{
    /// <summary>Computes the distribution.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="seeds">The probability to begin at each place; they add up to 1.</param>
    /// <param name="goOn">The probability to go on at each step, from 0 to below 1.</param>
    /// <param name="rounds">How many steps at most.</param>
    public static double[] Of(WalkGraph graph, ReadOnlySpan<double> seeds, double goOn, int rounds)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seeds.Length, graph.Nodes.Count);
        double[] current = seeds.ToArray(), next = new double[seeds.Length];
        for (int round = 0; round < rounds; round++)
        {
            for (int place = 0; place < next.Length; place++)
                next[place] = (1 - goOn) * seeds[place];
            graph.Step(current, goOn, next);
            (current, next) = (next, current);
        }

        return current;
    }
}
