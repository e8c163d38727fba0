using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.FirstLarge;

/// <summary>The most capable model for the first calls of a task, then the least capable one.</summary>
/// <remarks>The baseline of budget-aware routing papers: a plan made by a strong model and carried out by a cheap one.</remarks>
public sealed class FirstLargePolicy : IRoutingPolicy
{
    private readonly int _calls;

    /// <summary>Makes the policy.</summary>
    /// <param name="options">How many calls.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of calls is negative.</exception>
    public FirstLargePolicy(FirstLargePolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _calls = options.Validate().Calls;
    }

    /// <inheritdoc/>
    public string Name => FirstLargeDefaults.Name;

    /// <inheritdoc/>
    public ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(candidates);
        int call = step.Features.StepIndex + 1;
        return new(call <= _calls
            ? TierChoice.Largest(candidates, $"call {call} of the first {_calls}")
            : TierChoice.Smallest(candidates, $"after the first {_calls} calls"));
    }
}
