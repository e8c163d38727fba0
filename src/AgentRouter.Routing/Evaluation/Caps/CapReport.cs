using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>What policies achieve under hard caps per task.</summary>
internal sealed record CapReport
{
    /// <summary>Gets the number of tasks.</summary>
    public required int Rows { get; init; }

    /// <summary>Gets the ladder; with several training parts that chose differently, the one chosen on all training tasks.</summary>
    public required IReadOnlyList<string> Ladder { get; init; }

    /// <summary>Gets the ladders that were chosen on training tasks and how many of the parts chose each; empty for a given ladder.</summary>
    public required IReadOnlyList<ChosenLadder> Chosen { get; init; }

    public required string Weak { get; init; }

    public required string Strong { get; init; }

    /// <summary>Gets the mean cost of the strong model alone without a cap, in USD: what the shares are shares of.</summary>
    public required double StrongUsd { get; init; }

    /// <summary>Gets what is measured by cap.</summary>
    public required IReadOnlyList<CapSection> Caps { get; init; }

    /// <summary>Gets what the ladder achieves without a cap with better and worse verifiers.</summary>
    public required IReadOnlyList<VerifierFigures> Verifiers { get; init; }

    /// <summary>Gets what each rung adds without a cap.</summary>
    public required IReadOnlyList<RungFigures> Rungs { get; init; }
}

/// <summary>A ladder that was chosen on training tasks.</summary>
/// <param name="Ladder">Its models.</param>
/// <param name="Parts">How many of the training parts chose it.</param>
internal sealed record ChosenLadder(string Ladder, int Parts);

/// <summary>The policies under one cap.</summary>
/// <param name="CapUsd">The cap in USD; <see langword="null"/> for none.</param>
/// <param name="Policies">The policies.</param>
internal sealed record CapSection(decimal? CapUsd, IReadOnlyList<CapFigures> Policies);

/// <summary>A mean difference over the same tasks.</summary>
internal readonly record struct PairedDifference(double Mean, Interval Interval);

/// <summary>What a policy achieves under one cap.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Success">The share of tasks that were solved, in expectation over the verifier's errors.</param>
/// <param name="SuccessInterval">Its interval over tasks.</param>
/// <param name="Usd">The mean cost of a task in USD.</param>
/// <param name="StrongShare">The cost as a share of the strong model's alone without a cap.</param>
/// <param name="OverCap">The number of tasks that may cost more than the cap.</param>
/// <param name="ToStrong">The difference in success to the strong model alone without a cap.</param>
/// <param name="ToWeakFirst">The difference in success to the weak-first cascade under the same cap.</param>
internal sealed record CapFigures(
    string Policy, double Success, Interval SuccessInterval, double Usd, double StrongShare, int OverCap, PairedDifference ToStrong, PairedDifference ToWeakFirst);

/// <summary>What the ladder achieves with a verifier.</summary>
internal sealed record VerifierFigures(double FalseAccept, double FalseReject, double Success, Interval SuccessInterval, double Usd, double StrongShare);

/// <summary>What a ladder achieves up to and with one of its rungs, and what a further success costs there.</summary>
/// <param name="Model">The rung.</param>
/// <param name="Success">The success of the ladder that ends with it.</param>
/// <param name="Usd">Its mean cost in USD.</param>
/// <param name="UsdPerSuccess">What the rung costs by success that it adds; <see langword="null"/> where it adds none.</param>
/// <param name="UsdPerSuccessInterval">Its interval; infinite where the rung may add none.</param>
internal sealed record RungFigures(string Model, double Success, double Usd, double? UsdPerSuccess, Interval UsdPerSuccessInterval);
