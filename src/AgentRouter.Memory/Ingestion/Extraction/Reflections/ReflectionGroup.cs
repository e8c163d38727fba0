using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Ingestion.Extraction.Reflections;

/// <summary>Facts that hold and speak of the same concept.</summary>
/// <param name="Concept">The concept.</param>
/// <param name="Facts">The facts, in the order of their numbers.</param>
internal sealed record ReflectionGroup(MemoryNode Concept, IReadOnlyList<MemoryNode> Facts)
{
    /// <summary>Gets the number of the newest fact: up to it the concept was thought about.</summary>
    public long UpTo => Facts[^1].Id;
}
