namespace AgentRouter.Routing.Policies.Boundary.Training;

/// <summary>Whether a trained policy is worth saving, and by which rule. docs/policies/boundary.md says the same.</summary>
/// <param name="Rule">The rule that decided.</param>
/// <param name="Against">The baseline that decided; <see langword="null"/> where none did.</param>
internal sealed record BoundaryVerdict(BoundaryRule Rule, BoundaryFigures? Against = null)
{
    private const double Tie = 1e-9;

    /// <summary>Gets whether the policy is saved.</summary>
    public bool IsWorthIt => Rule is BoundaryRule.Better or BoundaryRule.AsGoodForLess or BoundaryRule.BetterThanMix;

    /// <summary>Decides.</summary>
    /// <param name="figures">The figures, the boundary policy's first.</param>
    /// <param name="rows">The rows it was trained on.</param>
    /// <param name="isAtMeanCosts">Whether all policies were measured at the same mean costs and not at caps.</param>
    public static BoundaryVerdict Of(IReadOnlyList<BoundaryFigures> figures, int rows, bool isAtMeanCosts)
    {
        if (figures[0].Success <= Tie)
            return new BoundaryVerdict(BoundaryRule.NothingSucceeds);
        BoundaryFigures[] baselines = [.. figures.Skip(1).OrderBy(baseline => baseline.Lead!.Success)];
        if (baselines[0].Lead!.Success < -Tie)
            return new BoundaryVerdict(BoundaryRule.Behind, baselines[0]);
        if (rows < BoundaryTraining.LeastRows)
            return new BoundaryVerdict(BoundaryRule.TooFewRows);
        BoundaryFigures[] near = [.. baselines.Where(baseline => baseline.Lead!.SuccessInterval.Low <= Tie)];
        if (near.Length == 0)
            return new BoundaryVerdict(BoundaryRule.Better, baselines[0]);
        if (isAtMeanCosts)
        {
            BoundaryFigures mix = figures[1];
            return near.Contains(mix) ? new BoundaryVerdict(BoundaryRule.NotToldApart, mix) : new BoundaryVerdict(BoundaryRule.BetterThanMix, near[0]);
        }

        return Array.Find(near, baseline => baseline.Lead!.SavedInterval.Low <= Tie) is { } equal
            ? new BoundaryVerdict(BoundaryRule.NotToldApart, equal)
            : new BoundaryVerdict(BoundaryRule.AsGoodForLess, near[0]);
    }
}

/// <summary>What decided whether a trained policy is saved.</summary>
internal enum BoundaryRule
{
    /// <summary>Saved: it succeeds more often than every baseline, and the paired intervals say so.</summary>
    Better,

    /// <summary>Saved: no baseline succeeds more often, and those it is not told apart from cost more; the paired intervals say so.</summary>
    AsGoodForLess,

    /// <summary>Saved: at the same mean cost it succeeds more often than a random mix, the paired interval says so, and no baseline succeeds more often.</summary>
    BetterThanMix,

    /// <summary>Not saved: no task succeeded.</summary>
    NothingSucceeds,

    /// <summary>Not saved: a baseline succeeds more often.</summary>
    Behind,

    /// <summary>Not saved: a baseline is neither told apart nor dearer.</summary>
    NotToldApart,

    /// <summary>Not saved: there are too few rows.</summary>
    TooFewRows,
}
