using AgentRouter.Pricing;

namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>What came of one task under a cap.</summary>
/// <param name="Success">The probability that what was delivered is right.</param>
/// <param name="Usd">What it costs on average, in USD.</param>
/// <param name="Most">The most it can have cost, whatever the verifier said.</param>
internal readonly record struct CapOutcome(double Success, double Usd, Money Most);
