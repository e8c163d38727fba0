using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Policies.Risk;

/// <summary>Gives a step that can do irreversible harm to the most capable tier, whatever the policy inside would save on it.</summary>
/// <remarks>
/// A step is risky when a tool on offer, or one that was called just before, is destructive by its name or by its own word.
/// The rule says who decides, not whether: a workflow that wants a person to agree has a human node before the tool. The policy inside is
/// still asked, so that what it learns and whether it gives up stay its own.
/// </remarks>
public sealed class RiskPolicy : DelegatingRoutingPolicy
{
    private readonly string? _tier;
    private readonly RiskyTools _risky;

    /// <summary>Makes the rule.</summary>
    /// <param name="inner">What decides the other steps.</param>
    /// <param name="options">What is risky.</param>
    /// <exception cref="ArgumentException">The tier or the name of a tool is empty.</exception>
    public RiskPolicy(IRoutingPolicy inner, RiskPolicyOptions options)
        : base(inner, RiskDefaults.Name)
    {
        ArgumentNullException.ThrowIfNull(options);
        _tier = options.Validate().Tier;
        _risky = new RiskyTools([.. options.Tools]);
    }

    /// <inheritdoc/>
    public override async ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(candidates);
        PolicyChoice choice = await Inner.ChooseAsync(step, candidates, cancellationToken).ConfigureAwait(false);
        if (choice.GivesUp || Risk(step) is not { } risk)
            return choice;
        PolicyChoice safe = _tier is null ? TierChoice.Largest(candidates, risk) : TierChoice.Of(candidates, _tier, risk);
        // what the policy chose is kept where it is at least as capable
        return choice.Candidate.Model.TierRank >= safe.Candidate.Model.TierRank ? choice : safe;
    }

    private string? Risk(StepContext step)
    {
        if (step.Options?.Tools is { } tools)
        {
            for (int i = 0; i < tools.Count; i++)
            {
                if (_risky.Contains(tools[i]))
                    return $"risk: '{tools[i].Name}' is on offer";
            }
        }

        return CalledLast(step.Messages) is { } called ? $"risk: '{called}' was called" : null;
    }

    private string? CalledLast(IReadOnlyList<ChatMessage> messages)
    {
        for (int i = messages.Count - 1; i >= 0 && messages[i].Role != ChatRole.User; i--)
        {
            if (messages[i].Role != ChatRole.Assistant)
                continue;
            foreach (AIContent content in messages[i].Contents)
            {
                if (content is FunctionCallContent call && _risky.Contains(call.Name))
                    return call.Name;
            }

            return null;
        }

        return null;
    }
}
