using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Costs;

namespace AgentRouter.Routing.Policies.Hysteresis;

/// <summary>Judges wishes for another model with a <see cref="SwitchPlanner"/>, and learns from the calls it sees how long conversations and
/// wishes last. Thread-safe.</summary>
internal sealed class SwitchGuard
{
    private readonly StepHazard _seen = new();
    private readonly WishHistory _wishes = new();
    private readonly SwitchPlanner _planner;
    private readonly TimeSpan _gap;

    public SwitchGuard(IStepHazard? hazard, TimeSpan gap)
    {
        _planner = new SwitchPlanner(new SwitchPlannerOptions { Hazard = hazard ?? _seen });
        _gap = gap;
    }

    /// <summary>Notes a call and the model that is wished for it.</summary>
    /// <returns>The call's number in its conversation, from 1, and the expected growth of its prompt.</returns>
    public (int Call, long Growth) Arrive(Conversation conversation, long promptTokens, string wish)
    {
        (int call, long growth) = conversation.Next(promptTokens);
        _seen.Reached(call);
        _wishes.Note(conversation.Wish, wish);
        conversation.Wish = wish;
        return (call, growth);
    }

    /// <summary>Weighs a change to the wished model, for as long as the wish is expected to last.</summary>
    public SwitchVerdict Weigh(Side current, Side wished, long promptTokens, long growth, long output, int call, Money worth) => _planner.Weigh(new SwitchSituation
    {
        Current = current.Model,
        CurrentCachedTokens = current.CachedTokens,
        Other = wished.Model,
        OtherCachedTokens = wished.CachedTokens,
        PromptTokens = promptTokens,
        GrowthTokens = growth,
        OutputTokens = output,
        Call = call,
        Gap = _gap,
        WorthPerCall = worth,
        WishLasts = _wishes.Lasts(wished.Model.Name),
    });

    /// <summary>A model and what its provider has cached of the prompt.</summary>
    public readonly record struct Side(ModelProfile Model, long CachedTokens);
}
