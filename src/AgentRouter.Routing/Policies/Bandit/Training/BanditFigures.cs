using AgentRouter.Statistics;

namespace AgentRouter.Routing.Policies.Bandit.Training;

/// <summary>What a policy earns on held-out rows, cross-validated.</summary>
/// <param name="Policy">What it is called.</param>
/// <param name="Score">The mean score of a row.</param>
/// <param name="Usd">The mean cost of a row, in USD.</param>
/// <param name="Earned">The mean score less the cost in shares of a success.</param>
/// <param name="Behind">How much more the warmed bandit earns.</param>
/// <param name="BehindInterval">The paired interval of that difference, over tasks.</param>
internal sealed record BanditFigures(string Policy, double Score, double Usd, double Earned, double Behind, Interval BehindInterval)
{
    /// <summary>Gets a value indicating whether the bandit is to beat it.</summary>
    public bool IsBaseline { get; init; }
}
