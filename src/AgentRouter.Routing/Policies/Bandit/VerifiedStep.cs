namespace AgentRouter.Routing.Policies.Bandit;

/// <summary>What came of giving steps of a kind to a model: one visit of a node, verified.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Features">What kind of step it was: <c>group:fix/code</c>, <c>role:executor</c>.</param>
/// <param name="Score">How well it went, from 0 to 1.</param>
/// <param name="Usd">What it cost, in USD.</param>
internal sealed record VerifiedStep(string Model, IReadOnlyList<string> Features, double Score, double Usd);
