using System.Collections.Concurrent;
using AgentRouter.Pricing;
using AgentRouter.Routing.Costs;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Hysteresis;

/// <summary>Follows another policy's wish for a different model only where that pays: what it saves or is worth must exceed the lost
/// prompt cache by a margin. Hysteresis in money, not in counts.</summary>
/// <remarks>
/// Each agent of a task has a conversation of its own. The wish is weighed by a <see cref="SwitchPlanner"/> for as long as it is expected to
/// last; how long conversations and wishes last is learned from the calls the policy sees. A conversation that has not begun
/// has nothing to lose: its first wish is weighed against the least capable model where its worth is known, else followed.
/// A wish for a model that is as capable or more, after a check that failed while the current one worked, is followed as it is.
/// The lock on tool loops follows the session-aware routers that count a change between a tool call and its result as unsafe.
/// </remarks>
public sealed class HysteresisPolicy : DelegatingRoutingPolicy
{
    private readonly Money _margin, _callValue;
    private readonly Money? _upgradeValue;
    private readonly bool _locksToolLoops;
    private readonly SwitchGuard _guard;

    /// <summary>Makes the rule.</summary>
    /// <param name="inner">What wishes.</param>
    /// <param name="options">What a change must bring.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public HysteresisPolicy(IRoutingPolicy inner, HysteresisPolicyOptions options)
        : base(inner, HysteresisDefaults.Name)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _margin = Amount(options.MarginUsd);
        _callValue = Amount(options.CallValueUsd);
        _upgradeValue = options.UpgradeValueUsd is { } usd ? Amount(usd) : null;
        _locksToolLoops = options.ToolLoopLock;
        _guard = new SwitchGuard(options.CallGap);
    }

    /// <inheritdoc/>
    public override async ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(candidates);
        PolicyChoice wish = await Inner.ChooseAsync(step, candidates, cancellationToken).ConfigureAwait(false);
        if (wish.GivesUp)
            return wish;
        Conversation conversation = Of(step);
        PolicyChoice choice = Weigh(step, candidates, wish, conversation);
        string model = choice.Candidate.Model.Profile.Name;
        if (conversation.Model != model)
            (conversation.Model, conversation.ChecksFailed) = (model, step.Features.ChecksFailed);
        return choice;
    }

    /// <inheritdoc/>
    public override void Learn(StepIdentity step, RouteDecision decision, StepOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome is { Verified: null, Usage: { } usage })
            Of(decision.Step).Said(usage.Output);
        base.Learn(step, decision, outcome);
    }

    private PolicyChoice Weigh(StepContext step, IReadOnlyList<Candidate> candidates, PolicyChoice wish, Conversation conversation)
    {
        Candidate wished = wish.Candidate;
        long prompt = (long)(wished.PromptBound * wished.Model.TokenCounter.TypicalShare);
        int call = _guard.Arrive(conversation, prompt, wished.Model.Profile.Name);
        bool begins = conversation.Model is null;
        Candidate? current = begins ? candidates[0] : TierChoice.Named(candidates, conversation.Model!);
        // where the model can no longer take the step there is no choice to stay
        if (current is null || current.Model == wished.Model)
            return wish;

        // work that was found wrong is a reason to change that no cache outweighs
        if (!begins && step.Features.ChecksFailed > conversation.ChecksFailed && wished.Model.TierRank >= current.Model.TierRank)
            return wish;

        Money? worth = Worth(current, wished, isLocked: !begins && _locksToolLoops && step.Features.InToolLoop);
        bool isUpgrade = wished.Model.TierRank > current.Model.TierRank;
        if (worth is null && (begins || isUpgrade))
        {
            return begins || !(_locksToolLoops && step.Features.InToolLoop)
                ? wish
                : new PolicyChoice(current, $"stays with {current.Model.Profile.Name} until the tool loop ends; wished {wished.Model.Profile.Name}: {wish.Reason}");
        }

        SwitchVerdict verdict = _guard.Weigh(
            conversation, call, prompt, step.Options?.MaxOutputTokens ?? long.MaxValue,
            new SwitchGuard.Side(current.Model.Profile, current.ExpectedCachedTokens), new SwitchGuard.Side(wished.Model.Profile, wished.ExpectedCachedTokens),
            worth ?? Money.Zero);
        return verdict.Gain > (begins ? Money.Zero : _margin)
            ? wish with { Reason = $"{wish.Reason}; {verdict.Reason}" }
            : new PolicyChoice(current, $"stays with {current.Model.Profile.Name}: {verdict.Reason}; wished {wished.Model.Profile.Name}: {wish.Reason}");
    }

    /// <summary>What a call is worth more with the wished model; <see langword="null"/> where nobody knows.</summary>
    private Money? Worth(Candidate current, Candidate wished, bool isLocked)
    {
        if (current.PredictedSuccess is { } now && wished.PredictedSuccess is { } then)
            return Money.FromPicodollars((long)((then - now) * _callValue.Picodollars));
        return wished.Model.TierRank > current.Model.TierRank && !isLocked ? _upgradeValue : null;
    }

    private static Money Amount(decimal usd) => Money.FromUsd(decimal.Round(usd, 12));

    private Conversation Of(StepContext step) =>
        step.Memory.GetOrAdd(this, static () => new ConcurrentDictionary<string, Conversation>()).GetOrAdd(step.Identity.Agent ?? "", _guard.Begin);
}
