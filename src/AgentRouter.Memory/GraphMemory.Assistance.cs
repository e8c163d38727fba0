using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Retrieval.Aid;
using AgentRouter.Memory.Retrieval.Effort;

namespace AgentRouter.Memory;

/// <content>What an assisted recall asks of it.</content>
public sealed partial class GraphMemory : IRecallMemory
{
    DateTimeOffset IRecallMemory.Now => Now;

    Task<MemoryRecall> IRecallMemory.RecallAsync(IReadOnlyCollection<MemoryScope> scopes, MemoryQuestion question, RecallAid aid, CancellationToken cancellationToken) =>
        RecallAsync(scopes, question, aid, cancellationToken);

    IQuestionVectors? IRecallMemory.VectorsOf(IReadOnlyList<string> texts) => VectorsOf(texts);

    Task<IReadOnlyList<float?>> IRecallMemory.NearnessAsync(IReadOnlyList<RecalledItem> items, float[] vector, CancellationToken cancellationToken) => NearnessAsync(items, vector, cancellationToken);
}
