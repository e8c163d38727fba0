using AgentRouter.Models;
using AgentRouter.Pricing;

namespace AgentRouter.Routing.Costs;

/// <summary>Estimates what a call will cost with each model, the provider's prompt cache taken into account.</summary>
public static class CostModel
{
    /// <summary>The output that is expected when nothing better is known, in tokens: agent steps mostly call a tool.</summary>
    public const long ExpectedOutputTokens = 300;

    /// <summary>Estimates a call.</summary>
    /// <param name="model">The model.</param>
    /// <param name="promptTokens">The expected prompt.</param>
    /// <param name="cachedTokens">How much of it is expected in the cache.</param>
    /// <param name="outputTokens">The expected output.</param>
    /// <returns>The expected cost: cached tokens at the cache's price, the rest at the price of writing them to the cache
    /// where the provider charges for that, the output at its own.</returns>
    public static Money Expected(ModelProfile model, long promptTokens, long cachedTokens, long outputTokens)
    {
        ArgumentNullException.ThrowIfNull(model);
        long cached = Math.Clamp(cachedTokens, 0, promptTokens);
        long fresh = promptTokens - cached;
        bool written = model.CacheTimeToLive > TimeSpan.Zero && promptTokens >= model.CacheMinimumTokens
            && model.Prices.CacheWrite != model.Prices.Input;
        return model.Prices.CostOf(written
            ? new TokenUsage(0, cached, fresh, outputTokens)
            : new TokenUsage(fresh, cached, 0, outputTokens));
    }
}
