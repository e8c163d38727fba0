using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<string, CallAverages> _averages = new();
    private readonly SwitchPlanner _planner;
    private readonly TimeSpan _gap;

    public SwitchGuard(TimeSpan gap)
    {
        _planner = new SwitchPlanner(new SwitchPlannerOptions { Hazard = _seen });
        _gap = gap;
    }

    /// <summary>Begins a conversation of an agent.</summary>
    public Conversation Begin(string agent) => new(_averages.GetOrAdd(agent, static _ => new CallAverages()));

    /// <summary>Notes a call and the model that is wished for it.</summary>
    /// <returns>The call's number in its conversation, from 1.</returns>
    public int Arrive(Conversation conversation, long promptTokens, string wish)
    {
        int call = conversation.Next(promptTokens);
        _seen.Reached(call);
        _wishes.Note(conversation.Wish, wish);
        conversation.Wish = wish;
        return call;
    }

    /// <summary>Weighs a change to the wished model, for as long as the wish is expected to last.</summary>
    /// <param name="conversation">The conversation, whose call has arrived.</param>
    /// <param name="call">The call's number, from 1.</param>
    /// <param name="promptTokens">Its prompt.</param>
    /// <param name="outputLimit">The most that it may put out.</param>
    /// <param name="current">The model that the conversation is with.</param>
    /// <param name="wished">The model that is wished.</param>
    /// <param name="worth">What a call is worth more with the wished model.</param>
    public SwitchVerdict Weigh(Conversation conversation, int call, long promptTokens, long outputLimit, Side current, Side wished, Money worth) => _planner.Weigh(new SwitchSituation
    {
        Current = current.Model,
        CurrentCachedTokens = current.CachedTokens,
        Other = wished.Model,
        OtherCachedTokens = wished.CachedTokens,
        PromptTokens = promptTokens,
        GrowthTokens = conversation.Growth,
        OutputTokens = Math.Min(conversation.Output, outputLimit),
        Call = call,
        Gap = _gap,
        WorthPerCall = worth,
        WishLasts = _wishes.Lasts(wished.Model.Name),
        WishReturns = _wishes.Returns(wished.Model.Name),
    });

    /// <summary>A model and what its provider has cached of the prompt.</summary>
    public readonly record struct Side(ModelProfile Model, long CachedTokens);
}
