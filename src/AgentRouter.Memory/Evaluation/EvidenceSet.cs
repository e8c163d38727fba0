using AgentRouter.Memory.Ingestion;

namespace AgentRouter.Memory.Evaluation;

/// <summary>Something to remember, and questions about it of which the evidence is known.</summary>
/// <param name="Name">The name.</param>
/// <param name="Sources">What is to be remembered, in one scope of its own.</param>
/// <param name="Questions">The questions.</param>
internal sealed record EvidenceSet(string Name, IReadOnlyList<MemorySource> Sources, IReadOnlyList<EvidenceQuestion> Questions);
