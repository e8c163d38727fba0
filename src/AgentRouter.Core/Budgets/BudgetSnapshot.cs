using System.Text.Json.Serialization;
using AgentRouter.Pricing;

namespace AgentRouter.Budgets;

/// <summary>A ledger at one instant. Limits that are not set are <see langword="null"/>.</summary>
public sealed record BudgetSnapshot
{
    /// <summary>Gets the most money.</summary>
    public Money? LimitUsd { get; init; }

    /// <summary>Gets the most tokens.</summary>
    public long? LimitTokens { get; init; }

    /// <summary>Gets the most LLM calls.</summary>
    public long? LimitCalls { get; init; }

    /// <summary>Gets the most steps.</summary>
    public long? LimitSteps { get; init; }

    /// <summary>Gets the longest time.</summary>
    public TimeSpan? LimitTime { get; init; }

    /// <summary>Gets what has been booked.</summary>
    public BudgetAmount Spent { get; init; }

    /// <summary>Gets what is held for calls in flight and for children.</summary>
    public BudgetAmount Reserved { get; init; }

    /// <summary>Gets the time since the ledger was opened.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Gets the money that is neither spent nor held, or <see langword="null"/> without a limit; never below zero.</summary>
    [JsonIgnore]
    public Money? RemainingUsd => LimitUsd is { } limit ? Money.Max(Money.Zero, limit - Spent.Usd - Reserved.Usd) : null;
}
