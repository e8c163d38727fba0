using AgentRouter.Pricing;

namespace AgentRouter.Routing.Policies.Bandit.Training;

/// <summary>What a bandit is warmed up with and how that is measured.</summary>
internal sealed record BanditTrainingRequest
{
    /// <summary>Gets the models to choose from; empty for all of the table.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Gets what a row costs with a model where the table does not say.</summary>
    public IReadOnlyDictionary<string, Money> Costs { get; init; } = new Dictionary<string, Money>();

    /// <summary>Gets what work that is verified right is worth, in USD, above 0.</summary>
    public decimal SuccessValueUsd { get; init; } = BanditDefaults.SuccessValueUsd;

    /// <summary>Gets the parts of the cross-validation.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Gets the seed of the folds and orders.</summary>
    public required int Seed { get; init; }
}
