namespace AgentRouter.Routing.Evaluation.Twin;

/// <summary>TwinRouterBench's static score, in shares.</summary>
internal record TwinFigures
{
    public required int Rows { get; init; }

    public required int Trajectories { get; init; }

    /// <summary>Gets the share of rows whose predicted tier is at least the target.</summary>
    public required double RowPass { get; init; }

    /// <summary>Gets the share of rows whose predicted tier is the target.</summary>
    public required double RowExact { get; init; }

    /// <summary>Gets the share of rows that are in trajectories of which every row passes.</summary>
    public required double TrajectoryPass { get; init; }

    /// <summary>Gets what is saved against the highest tier everywhere; a failed trajectory saves nothing and its cost is a loss.</summary>
    public required double CostSavings { get; init; }

    /// <summary>Gets the mean of the four.</summary>
    public double Combined => (RowPass + RowExact + TrajectoryPass + CostSavings) / 4;
}
