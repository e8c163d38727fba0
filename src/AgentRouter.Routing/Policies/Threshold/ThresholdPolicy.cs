using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Threshold;

/// <summary>The most capable model for long prompts, the least capable one for short ones.</summary>
/// <remarks>Prompt length is the plainest signal of difficulty and a baseline that many learned routers do not beat.</remarks>
public sealed class ThresholdPolicy : IRoutingPolicy
{
    private readonly int _characters;
    private readonly string _longReason, _shortReason;

    /// <summary>Makes the policy.</summary>
    /// <param name="options">Where short ends.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is negative.</exception>
    public ThresholdPolicy(ThresholdPolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _characters = options.Validate().Characters;
        _longReason = $"prompt longer than {_characters} characters";
        _shortReason = $"prompt of at most {_characters} characters";
    }

    /// <inheritdoc/>
    public string Name => ThresholdDefaults.Name;

    /// <inheritdoc/>
    public ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(candidates);
        return new(step.Features.PromptLength > _characters
            ? TierChoice.Largest(candidates, _longReason)
            : TierChoice.Smallest(candidates, _shortReason));
    }
}
