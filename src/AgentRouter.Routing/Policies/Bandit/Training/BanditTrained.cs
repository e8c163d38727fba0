namespace AgentRouter.Routing.Policies.Bandit.Training;

/// <summary>What a bandit is warmed up with, and what that is worth.</summary>
/// <param name="Steps">What it remembers when it starts.</param>
/// <param name="Rows">The rows that was learned from.</param>
/// <param name="Measured">Those of them that have an outcome of each model: only on them can a choice be measured.</param>
/// <param name="CostsKnown">Whether the cost of every outcome is known; else scores alone decide.</param>
/// <param name="Figures">The figures, those of the warmed bandit first; none where too few rows can be measured.</param>
internal sealed record BanditTrained(IReadOnlyList<VerifiedStep> Steps, int Rows, int Measured, bool CostsKnown, IReadOnlyList<BanditFigures> Figures)
{
    /// <summary>What going on to learn may cost beside the best model of each group, which is what the bandit begins with and a table cannot
    /// correct: a point. Recorded rows do not show what learning on is for, models and work that change.</summary>
    public const double PriceOfLearning = 0.01;

    /// <summary>Gets whether the warm-up is worth having: on held-out rows it earns more than a cold start, than one model for all and than
    /// chance, and is not further behind the best model of each group than <see cref="PriceOfLearning"/>.</summary>
    public bool BeatsBaselines => Figures.Count > 0 && BestBaseline is null;

    /// <summary>Gets the baseline that it does not beat, the best if there are several; <see langword="null"/> when it beats all.</summary>
    public BanditFigures? BestBaseline => Figures
        .Where(figures => figures.IsBaseline && (figures.Policy == BanditValidation.PerGroup ? figures.Behind < -PriceOfLearning : figures.Behind <= 0))
        .MinBy(figures => figures.Behind);
}
