namespace AgentRouter.Routing.Evaluation.Streaming;

/// <summary>How a stream is measured.</summary>
internal sealed record StreamOptions
{
    /// <summary>The number of random orders where none is named: enough for an interval of 2 percent.</summary>
    public const int DefaultOrders = 64;

    /// <summary>Gets the models to choose from.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Gets the number of random orders.</summary>
    public int Orders { get; init; } = DefaultOrders;

    /// <summary>Gets the seed of the orders and of the policies that draw.</summary>
    public required int Seed { get; init; }

    /// <summary>Gets how many tasks the warmed policies know all outcomes of when they begin; 0 is none, but all of a table of their own.</summary>
    public int Warm { get; init; }

    /// <summary>Gets what a success is worth, in USD.</summary>
    public required double SuccessValueUsd { get; init; }
}
