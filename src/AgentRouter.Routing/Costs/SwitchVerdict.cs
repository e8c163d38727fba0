using System.Globalization;
using AgentRouter.Pricing;

namespace AgentRouter.Routing.Costs;

/// <summary>What staying with a model and changing to another are expected to cost over the calls that are still to come.</summary>
/// <param name="Stay">The expected cost of staying.</param>
/// <param name="Switch">The expected cost of changing, the lost cache included.</param>
/// <param name="LostCache">The part of <paramref name="Switch"/> that is paid only because the other model's cache does not hold what the
/// current one's does.</param>
/// <param name="Worth">What the other model's calls are expected to be worth more; negative where it does worse.</param>
/// <param name="Calls">The number of calls that are expected, the next one included.</param>
public readonly record struct SwitchVerdict(Money Stay, Money Switch, Money LostCache, Money Worth, double Calls)
{
    /// <summary>Gets a value indicating whether the change pays best, or loses least, as the first of many: each call goes to the model that
    /// is wished for it, and both caches stay warm.</summary>
    public bool FollowsWishes { get; init; }

    /// <summary>Gets what the change is expected to bring after all costs; negative where it does not pay.</summary>
    public Money Gain => Stay - Switch + Worth;

    /// <summary>Says it for people: <c>switching costs $0.1040 in lost cache and saves $0.0310 over 6 calls</c>.</summary>
    public string Reason
    {
        get
        {
            Money saved = Stay - Switch + LostCache;
            string running = saved.IsNegative ? $"{Money.Zero - saved} more to run" : $"saves {saved}";
            string worth = Worth == Money.Zero ? "" : Worth.IsNegative ? $", and does worse by {Money.Zero - Worth}" : $", and is worth {Worth}";
            string calls = Math.Max(1, Math.Round(Calls)).ToString(CultureInfo.InvariantCulture);
            return $"switching costs {LostCache} in lost cache and {running} over {calls} call{(calls == "1" ? "" : "s")}{(FollowsWishes ? " of following wishes" : "")}{worth}";
        }
    }
}
