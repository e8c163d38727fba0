using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies;

/// <summary>A rule around another policy: it may overrule what that policy chooses. Passes everything on; a rule overrides what it changes.</summary>
public abstract class DelegatingRoutingPolicy : IRoutingPolicy
{
    /// <summary>Makes the rule.</summary>
    /// <param name="inner">The policy it stands around.</param>
    /// <param name="rule">The rule's name; <see cref="Name"/> is the inner policy's with it.</param>
    protected DelegatingRoutingPolicy(IRoutingPolicy inner, string rule)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
        Name = $"{inner.Name}+{rule}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public virtual bool MayGiveUp => Inner.MayGiveUp;

    /// <inheritdoc/>
    public virtual bool LearnsFromChecks => Inner.LearnsFromChecks;

    /// <summary>Gets the policy that the rule stands around.</summary>
    protected internal IRoutingPolicy Inner { get; }

    /// <inheritdoc/>
    public virtual ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default) =>
        Inner.ChooseAsync(step, candidates, cancellationToken);

    /// <inheritdoc/>
    public virtual void Learn(StepIdentity step, RouteDecision decision, StepOutcome outcome) => Inner.Learn(step, decision, outcome);

    /// <inheritdoc/>
    public virtual void Flush() => Inner.Flush();
}
