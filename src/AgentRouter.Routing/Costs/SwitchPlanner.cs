using AgentRouter.Models;
using AgentRouter.Pricing;

namespace AgentRouter.Routing.Costs;

/// <summary>Prices a change of models in the middle of a conversation: the cache that is lost against what the other model saves or
/// is worth over the calls that are still to come.</summary>
/// <remarks>
/// Two plans are compared: never to change, and to change now and stay there. Each call is priced in four buckets (input, cached
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

    /// <summary>Computes how much of a prompt a provider still has cached at the next call.</summary>
    /// <param name="model">The model.</param>
    /// <param name="promptTokens">The prompt that was sent, in tokens.</param>
    /// <param name="gap">The time to the next call.</param>
    internal static long Kept(ModelProfile model, long promptTokens, TimeSpan gap) =>
        model.CacheTimeToLive > TimeSpan.Zero && gap <= model.CacheTimeToLive && promptTokens >= model.CacheMinimumTokens ? promptTokens : 0;

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
    }
}
