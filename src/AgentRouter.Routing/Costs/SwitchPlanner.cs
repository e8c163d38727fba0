using AgentRouter.Models;
using AgentRouter.Pricing;

namespace AgentRouter.Routing.Costs;

/// <summary>Prices a change of models in the middle of a conversation: the cache that is lost against what the other model saves or
/// is worth over the calls that are still to come.</summary>
/// <remarks>
/// The plan never to change is compared with two others: to change now and stay for as long as the wish lasts, and to follow this wish and
/// those that come after it, back and forth. Each call is priced in four buckets (input, cached
/// read, cache write, output) with the model's time to live and least prefix, and counts with the probability that it comes to it.
/// Asked again before each call, and followed only where it gains, this never costs more, in expectation, than never changing: it is one
/// step of policy improvement over the plan that stays (the rollout policy of Bertsekas and Tsitsiklis).
/// </remarks>
public sealed class SwitchPlanner
{
    // a call that is this unlikely does not change a verdict
    private const double Negligible = 1e-4;

    private readonly IStepHazard _hazard;
    private readonly int _horizon;

    /// <summary>Makes a planner.</summary>
    /// <param name="options">The hazard and the horizon.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public SwitchPlanner(SwitchPlannerOptions? options = null)
    {
        SwitchPlannerOptions valid = (options ?? new SwitchPlannerOptions()).Validate();
        _hazard = valid.Hazard;
        _horizon = valid.Horizon;
    }

    /// <summary>Weighs staying against changing.</summary>
    /// <param name="situation">The conversation.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count of the situation is negative, or its probability is not one.</exception>
    public SwitchVerdict Weigh(SwitchSituation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        Check(situation);
        SwitchVerdict once = ChangeOnce(situation);
        if (situation.WishReturns <= 0)
            return once;
        SwitchVerdict follow = FollowWishes(situation);
        return follow.Gain > once.Gain ? follow : once;
    }

    /// <summary>Computes how much of a prompt a provider still has cached at the next call.</summary>
    /// <param name="model">The model.</param>
    /// <param name="promptTokens">The prompt that was sent, in tokens.</param>
    /// <param name="gap">The time to the next call.</param>
    internal static long Kept(ModelProfile model, long promptTokens, TimeSpan gap) =>
        model.CacheTimeToLive > TimeSpan.Zero && gap <= model.CacheTimeToLive && promptTokens >= model.CacheMinimumTokens ? promptTokens : 0;

    private SwitchVerdict ChangeOnce(SwitchSituation situation)
    {
        ModelProfile current = situation.Current, other = situation.Other;
        long prompt = situation.PromptTokens, output = situation.OutputTokens;
        long currentCached = situation.CurrentCachedTokens, otherCached = situation.OtherCachedTokens;
        double stay = 0, change = 0, calls = 0, weight = 1;
        for (int ahead = 0; ahead < _horizon && weight > Negligible; ahead++)
        {
            stay += weight * CostModel.Expected(current, prompt, currentCached, output).Picodollars;
            change += weight * CostModel.Expected(other, prompt, otherCached, output).Picodollars;
            calls += weight;
            currentCached = Kept(current, prompt, situation.Gap);
            otherCached = Kept(other, prompt, situation.Gap);
            prompt += situation.GrowthTokens;
            weight *= Math.Min(1 - _hazard.EndsAfter(situation.Call + ahead), situation.WishLasts);
        }

        return new SwitchVerdict(Round(stay), Round(change), LostCache(situation), Round(calls * situation.WorthPerCall.Picodollars), calls);
    }

    private SwitchVerdict FollowWishes(SwitchSituation situation)
    {
        ModelProfile current = situation.Current, other = situation.Other;
        long prompt = situation.PromptTokens, output = situation.OutputTokens, stayCached = situation.CurrentCachedTokens;
        double stay = 0, follow = 0, calls = 0, wished = 0, weight = 1, share = 1;
        for (int ahead = 0; ahead < _horizon && weight > Negligible; ahead++)
        {
            long otherCached = ahead == 0 ? situation.OtherCachedTokens : SinceLast(other, share, ahead);
            long currentCached = ahead == 0 ? situation.CurrentCachedTokens : SinceLast(current, 1 - share, ahead + 1);
            stay += weight * CostModel.Expected(current, prompt, stayCached, output).Picodollars;
            follow += weight * (share * CostModel.Expected(other, prompt, otherCached, output).Picodollars
                + (1 - share) * CostModel.Expected(current, prompt, currentCached, output).Picodollars);
            calls += weight;
            wished += weight * share;
            stayCached = Kept(current, prompt, situation.Gap);
            prompt += situation.GrowthTokens;
            double goesOn = 1 - _hazard.EndsAfter(situation.Call + ahead);
            share = goesOn <= 0 ? 0 : share * Math.Min(1, situation.WishLasts / goesOn) + (1 - share) * Math.Min(1, situation.WishReturns / goesOn);
            weight *= goesOn;
        }

        return new SwitchVerdict(Round(stay), Round(follow), LostCache(situation), Round(wished * situation.WorthPerCall.Picodollars), calls) { FollowsWishes = true };

        // a model that takes a share of the calls took one of the last 1/share, and has cached what there was by then
        long SinceLast(ModelProfile model, double ofCalls, int atMost)
        {
            double ago = Math.Min(1 / Math.Max(ofCalls, 1e-9), atMost);
            return Kept(model, Math.Max(0, prompt - (long)(ago * situation.GrowthTokens)), situation.Gap * ago);
        }
    }

    // what the other model's first call would cost less if its cache held as much as the current one's
    private static Money LostCache(SwitchSituation situation)
    {
        long asWarm = Math.Max(situation.CurrentCachedTokens, situation.OtherCachedTokens);
        if (situation.Other.CacheTimeToLive <= TimeSpan.Zero)
            return Money.Zero;
        return CostModel.Expected(situation.Other, situation.PromptTokens, situation.OtherCachedTokens, 0)
            - CostModel.Expected(situation.Other, situation.PromptTokens, asWarm, 0);
    }

    private static Money Round(double picodollars) => Money.FromPicodollars(checked((long)Math.Round(picodollars)));

    private static void Check(SwitchSituation situation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(situation.PromptTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(situation.GrowthTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(situation.OutputTokens);
        if (situation.WishLasts is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(situation), situation.WishLasts, "WishLasts is a probability.");
        if (situation.WishReturns is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(situation), situation.WishReturns, "WishReturns is a probability.");
    }
}
