namespace AgentRouter.Routing.Policies.Hysteresis;

internal static class HysteresisDefaults
{
    public const string Name = "hysteresis";

    /// <summary>A tenth of a cent: below it the estimates of tokens and calls to come are not good enough to act on.</summary>
    public const decimal MarginUsd = 0.001m;

    /// <summary>Five cents: about what a call of a frontier model over a context of 10,000 tokens costs uncached.</summary>
    public const decimal CallValueUsd = 0.05m;

    /// <summary>No call is worth more; amounts above are typing errors.</summary>
    public const decimal MostUsd = 1_000_000m;

    /// <summary>Agents call again as soon as their tools have answered.</summary>
    public static readonly TimeSpan CallGap = TimeSpan.FromSeconds(10);

    /// <summary>The growth of a prompt from call to call before any was seen, in tokens: a tool call and its result.</summary>
    public const long GrowthTokens = 500;

    /// <summary>How much the latest call counts in the averages of growth and output.</summary>
    public const double LatestCounts = 0.3;

    /// <summary>How likely a wish is to last for another call before any was seen.</summary>
    public const double WishLasts = 0.5;

    /// <summary>How likely a wish is to return at a call that wishes something else, before any was seen: what never happened is not built on.</summary>
    public const double WishReturns = 0;

    /// <summary>How many calls the two priors above count as.</summary>
    public const double WishWeight = 2;
}
