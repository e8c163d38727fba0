using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Pairs;

/// <summary>What a router between two models reaches.</summary>
internal sealed record PairRouter
{
    public required string Name { get; init; }

    /// <summary>Gets the average performance gap recovered: 0.5 is random.</summary>
    public required double Apgr { get; init; }

    public required Interval ApgrInterval { get; init; }

    /// <summary>Gets the share of strong calls that recovers half of the gap.</summary>
    public required double Cpt50 { get; init; }

    /// <summary>Gets the share of strong calls that recovers four fifths of the gap.</summary>
    public required double Cpt80 { get; init; }

    /// <summary>Gets the quality at equal cost: the mean score with half of the calls to the strong model.</summary>
    public required double ScoreAtEqualShare { get; init; }

    /// <summary>Gets the cost at equal quality: the share of strong calls that reaches always-strong's mean score, or the asked share of it.</summary>
    public required double ShareForQuality { get; init; }

    /// <summary>Gets how far a trained router is above prompt length; <see langword="null"/> for baselines and without prompts.</summary>
    public double? OverLength { get; init; }

    /// <summary>Gets the paired interval of that difference.</summary>
    public Interval? OverLengthInterval { get; init; }
}

/// <summary>A choice that takes no routing score.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Score">The mean score.</param>
/// <param name="Interval">Its interval.</param>
/// <param name="StrongShare">The share of strong calls.</param>
internal sealed record FixedChoice(string Name, double Score, Interval Interval, double StrongShare);
