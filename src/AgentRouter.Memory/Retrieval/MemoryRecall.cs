using AgentRouter.Memory.Retrieval.Aid;

namespace AgentRouter.Memory.Retrieval;

/// <summary>What was found for a question.</summary>
public sealed record MemoryRecall
{
    /// <summary>Gets what was found, the best first.</summary>
    public required IReadOnlyList<RecalledItem> Items { get; init; }

    /// <summary>Gets what the question was after, as far as its words say.</summary>
    public required MemoryIntent Intent { get; init; }

    /// <summary>Gets how many nodes were written that this recall did not see yet, because they came faster than they were indexed.</summary>
    public long Unseen { get; init; }

    /// <summary>Gets how many pieces were found that were left out because they have more tokens than were left of <see cref="MemoryQuestion.MaxTokens"/>.</summary>
    public int TooLong { get; init; }

    /// <summary>Gets why embeddings did not help although there are some, such as a service that did not answer in time; <see langword="null"/> where that is not so.</summary>
    public string? EmbeddingProblem { get; init; }

    /// <summary>Gets how sure it is, where that was measured.</summary>
    internal RecallSureness? Sureness { get; init; }
}
