namespace AgentRouter.Routing.Policies.Boundary.Model;

/// <summary>A class of steps that look alike, and what the outcome table says of them.</summary>
internal sealed record BoundaryClass
{
    /// <summary>Gets the class's name: a group of the table, or a band of predicted difficulty.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the share of all steps that are of this class.</summary>
    public required double Share { get; init; }

    /// <summary>Gets the rows it was learned from.</summary>
    public required int Rows { get; init; }

    /// <summary>Gets how often each set of models is the one that does the step right: the index has a bit for each rung, the
    /// cheapest the lowest. The shares add up to 1.</summary>
    public required IReadOnlyList<double> Outcomes { get; init; }

    /// <summary>Gets what the step costs with each rung, in USD: equally likely amounts, ascending.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Costs { get; init; }

    /// <summary>Gets the LLM calls the step takes with each rung, on average.</summary>
    public required IReadOnlyList<double> Calls { get; init; }

    /// <summary>Computes the probability that a rung does the step right when some rungs have already failed at it.</summary>
    /// <param name="rung">The rung.</param>
    /// <param name="failed">The rungs that failed, as bits.</param>
    public double Success(int rung, int failed)
    {
        double possible = 0, right = 0;
        for (int outcome = 0; outcome < Outcomes.Count; outcome++)
        {
            if ((outcome & failed) != 0)
                continue;
            possible += Outcomes[outcome];
            if ((outcome >> rung & 1) != 0)
                right += Outcomes[outcome];
        }

        return possible > 0 ? right / possible : 0;
    }

    /// <summary>Computes the mean cost of the step with a rung, in USD.</summary>
    /// <param name="rung">The rung.</param>
    public double MeanCost(int rung) => Costs[rung].Average();
}
