using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Retrieval.Aid;

namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>What an assisted recall asks of a memory: all that it finds there, and with it all that its calls depend on, comes through here.</summary>
internal interface IRecallMemory
{
    /// <summary>Gets the time of its clock.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Finds what scopes remember that answers a question.</summary>
    Task<MemoryRecall> RecallAsync(IReadOnlyCollection<MemoryScope> scopes, MemoryQuestion question, RecallAid aid, CancellationToken cancellationToken);

    /// <summary>Makes the vectors of texts when they are needed; <see langword="null"/> where there are no embeddings.</summary>
    IQuestionVectors? VectorsOf(IReadOnlyList<string> texts);

    /// <summary>Compares what was found with a vector; <see langword="null"/> for what has none.</summary>
    Task<IReadOnlyList<float?>> NearnessAsync(IReadOnlyList<RecalledItem> items, float[] vector, CancellationToken cancellationToken);
}
