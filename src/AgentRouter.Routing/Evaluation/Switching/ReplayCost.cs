using AgentRouter.Pricing;

namespace AgentRouter.Routing.Evaluation.Switching;

/// <summary>What a replayed run costs.</summary>
/// <param name="Usd">All of it.</param>
/// <param name="Uncached">The part that was paid for prompt tokens which were not in the cache.</param>
/// <param name="StrongSteps">The steps that the strong model took.</param>
/// <param name="Missed">The steps for which the strong model was wished and the weak one was taken.</param>
internal readonly record struct ReplayCost(Money Usd, Money Uncached, int StrongSteps, int Missed)
{
    /// <summary>Gets the cost with the wishes that were not followed, each at what it was worth.</summary>
    public Money With(Money worth) => Usd + worth * Missed;
}
