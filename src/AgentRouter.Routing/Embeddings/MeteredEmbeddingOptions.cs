using AgentRouter.Budgets;
using AgentRouter.Routing.Calls;

namespace AgentRouter.Routing.Embeddings;

/// <summary>What embedding is paid from, and how failed calls are made again.</summary>
public sealed class MeteredEmbeddingOptions
{
    /// <summary>Gets or sets the ledger that is spent from; <see langword="null"/> for the one of the task that is current at each call.</summary>
    public BudgetLedger? Ledger { get; set; }

    /// <summary>Gets or sets how failed calls are made again; there is no other model to fall back to. The default is all defaults.</summary>
    public RetryOptions Retry { get; set; } = new();

    /// <summary>Gets or sets the clock of the waits.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
