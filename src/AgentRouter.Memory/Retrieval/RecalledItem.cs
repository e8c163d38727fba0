using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Retrieval;

/// <summary>An episode, fact or reflection that was found.</summary>
/// <param name="Scope">Whose memory it is.</param>
/// <param name="Node">What was found.</param>
/// <param name="Source">What it is part of, or <see langword="null"/>.</param>
/// <param name="Score">Its score; only the order of one recall's scores says something.</param>
/// <param name="Path">How it was reached: from what the question matched to it.</param>
public sealed record RecalledItem(MemoryScope Scope, MemoryNode Node, MemoryNode? Source, double Score, IReadOnlyList<RecallStep> Path)
{
    /// <summary>Gets a value indicating whether it has words of the question; what has none was found by its meaning, or by what is around it.</summary>
    public bool HasWords { get; init; }
}
