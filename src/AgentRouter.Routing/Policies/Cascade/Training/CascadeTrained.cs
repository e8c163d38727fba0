using AgentRouter.Statistics;

namespace AgentRouter.Routing.Policies.Cascade.Training;

/// <summary>What a cascade knows of its rungs when it starts, and what that is worth.</summary>
/// <param name="Records">What is known of each rung.</param>
/// <param name="Rows">The rows that was learned from.</param>
/// <param name="Rungs">The rungs, the first first.</param>
/// <param name="Gain">By how much the squared error of a predicted check is smaller on held-out rows than that of knowing nothing.</param>
/// <param name="GainInterval">Its interval, over tasks.</param>
internal sealed record CascadeTrained(IReadOnlyList<RungRecord> Records, int Rows, IReadOnlyList<RungFigures> Rungs, double Gain, Interval GainInterval)
{
    /// <summary>Gets whether the prior is worth having: it predicts the checks of held-out rows better than the assumption without it.</summary>
    public bool BeatsBaseline => Gain > 0;
}

/// <summary>What a rung does with the rows on which all rungs below it fail.</summary>
/// <param name="Model">The model.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Success">The share that is right.</param>
/// <param name="Interval">Its exact interval.</param>
/// <param name="Usd">The median cost of the last of them, in USD; <see langword="null"/> where it is not known.</param>
/// <param name="Whole">The share of all rows that is right when the model takes each.</param>
/// <param name="WholeInterval">Its exact interval.</param>
internal sealed record RungFigures(string Model, int Rows, double Success, Interval Interval, double? Usd, double Whole, Interval WholeInterval);
