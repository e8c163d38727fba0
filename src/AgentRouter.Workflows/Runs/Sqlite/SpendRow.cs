using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Runs.Sqlite;

/// <summary>What one workflow, agent, model, node or day spent.</summary>
/// <param name="Name">Its name; <see langword="null"/> for what belongs to none.</param>
/// <param name="Usd">The money.</param>
/// <param name="Tokens">The tokens.</param>
/// <param name="Calls">The LLM calls.</param>
public sealed record SpendRow(string? Name, Money Usd, long Tokens, long Calls);
