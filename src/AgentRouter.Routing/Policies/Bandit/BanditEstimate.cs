namespace AgentRouter.Routing.Policies.Bandit;

/// <summary>What is expected of a model at a step.</summary>
/// <param name="Success">The expected score.</param>
/// <param name="Usd">The expected cost, in USD.</param>
/// <param name="Width">How unsure that is, in units of one outcome: large where few outcomes have these features.</param>
internal readonly record struct BanditEstimate(double Success, double Usd, double Width);
