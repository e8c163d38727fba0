using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Runs.Sqlite.Accounts;

/// <summary>A part of an account that is held for a run.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Account">The account's name.</param>
/// <param name="RunId">The run.</param>
/// <param name="Usd">What is held.</param>
public sealed record SpendingGrant(long Id, string Account, string RunId, Money Usd);
