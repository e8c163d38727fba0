using AgentRouter.Memory.Use;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>What a conversation is part of: knows the budget, keeps a record, and tells what is recorded where the work is done again.</summary>
internal interface IContextHost
{
    /// <summary>Gets what was decided about the compaction that comes now, where it is recorded; <see langword="null"/> where it is to be decided.</summary>
    ContextStrategy? Decided { get; }

    /// <summary>Gets a value indicating whether earlier rounds can be recalled: there is a memory, or there was one where the work is done again without.</summary>
    bool CanRecall { get; }

    /// <summary>Gets whether what is recorded next is a summary, where something is recorded; <see langword="null"/> where nothing is, or it cannot be told.</summary>
    bool? IsSummaryNext { get; }

    /// <summary>Computes which share of what is left of the budget a summary costs at most.</summary>
    /// <param name="promptTokens">An upper bound of what it is made from.</param>
    /// <param name="outputTokens">The most tokens that it may have.</param>
    /// <returns>The share, above 1 where it does not fit; <see langword="null"/> where nothing is limited or nobody knows.</returns>
    double? SummaryShare(long promptTokens, int outputTokens);

    /// <summary>Recalls, once: what was found before where the work is done again.</summary>
    /// <param name="question">What is looked for.</param>
    /// <param name="search">Looks for it.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The notes that are shown.</returns>
    ValueTask<IReadOnlyList<MemoryNote>> RecallAsync(string question, Func<CancellationToken, Task<IReadOnlyList<MemoryNote>>> search, CancellationToken cancellationToken);

    /// <summary>Tells whether a tool may be called only to see where that leads: it changes nothing, and nobody has to allow it.</summary>
    bool MayTry(AIFunction function);

    /// <summary>Calls a tool that may be tried.</summary>
    /// <param name="function">The tool.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What a model is shown of it, its failure too.</returns>
    /// <exception cref="AgentRouter.Budgets.BudgetExceededException">The call does not fit the budget.</exception>
    ValueTask<object?> CallAsync(AIFunction function, AIFunctionArguments arguments, CancellationToken cancellationToken);

    /// <summary>Is told that a conversation was made shorter.</summary>
    void Compacted(ContextCompaction compaction);
}
