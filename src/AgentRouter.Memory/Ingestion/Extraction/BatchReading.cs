using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>A batch as a model is shown it.</summary>
/// <param name="Episodes">The episodes.</param>
/// <param name="Earlier">The turns right before, for understanding only.</param>
/// <param name="Known">What is known about the names in the batch.</param>
/// <param name="Concepts">The names of topics that are known around it.</param>
internal sealed record BatchReading(IReadOnlyList<MemoryNode> Episodes, IReadOnlyList<MemoryNode> Earlier, IReadOnlyList<MemoryNode> Known, IReadOnlyList<string> Concepts);
