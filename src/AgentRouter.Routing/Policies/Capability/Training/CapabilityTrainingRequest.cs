using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Learning;

namespace AgentRouter.Routing.Policies.Capability.Training;

/// <summary>What to train.</summary>
internal sealed record CapabilityTrainingRequest
{
    /// <summary>Gets the files the table was read from.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Gets the models; empty for all of the table.</summary>
    public IReadOnlyList<string> Ladder { get; init; } = [];

    /// <summary>Gets what a row costs with a model where the table does not say.</summary>
    public IReadOnlyDictionary<string, Money> Costs { get; init; } = new Dictionary<string, Money>();

    /// <summary>Gets the configured strengths by model.</summary>
    public IReadOnlyDictionary<string, ModelStrengths> Strengths { get; init; } = new Dictionary<string, ModelStrengths>();

    /// <summary>Gets how success is predicted.</summary>
    public SuccessPredictorOptions Predictor { get; init; } = new();

    /// <summary>Gets the parts of the cross-validation.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Gets the seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Gets what the card says the policy is for.</summary>
    public string Description { get; init; } = "";
}
