using AgentRouter.Models;
using AgentRouter.Pricing;

namespace AgentRouter.Steps;

/// <summary>A model that could take a step, with what it is expected to cost and to achieve.</summary>
public sealed class Candidate
{
    /// <summary>Gets the model.</summary>
    public required ModelEntry Model { get; init; }

    /// <summary>Gets why the model cannot take the step, or <see langword="null"/> when it can.</summary>
    public GateReason? Gate { get; init; }

    /// <summary>Gets the upper bound of the prompt for this model, in tokens.</summary>
    public long PromptBound { get; init; }

    /// <summary>Gets the prompt tokens that the provider is expected to find in its cache.</summary>
    public long ExpectedCachedTokens { get; init; }

    /// <summary>Gets the expected cost, the cache taken into account.</summary>
    public Money ExpectedCost { get; init; }

    /// <summary>Gets the expected cost with an empty cache.</summary>
    public Money ExpectedFreshCost { get; init; }

    /// <summary>Gets or sets the predicted probability that the step succeeds, where the policy has one.</summary>
    public double? PredictedSuccess { get; set; }

    /// <summary>Makes the same candidate without a gate: it may take the step after all.</summary>
    public Candidate WithoutGate() => new()
    {
        Model = Model,
        PromptBound = PromptBound,
        ExpectedCachedTokens = ExpectedCachedTokens,
        ExpectedCost = ExpectedCost,
        ExpectedFreshCost = ExpectedFreshCost,
        PredictedSuccess = PredictedSuccess,
    };
}
