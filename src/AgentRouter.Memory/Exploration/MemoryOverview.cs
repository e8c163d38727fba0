using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Exploration;

/// <summary>What a scope remembers, at a glance.</summary>
/// <param name="Statistics">The counts.</param>
/// <param name="Concepts">The concepts that most nodes are about or mention, the most mentioned first.</param>
/// <param name="Sources">The newest sources by the time of what was said last in them, the newest first; those without times come behind.</param>
public sealed record MemoryOverview(MemoryStatistics Statistics, IReadOnlyList<MentionedConcept> Concepts, IReadOnlyList<MemoryNode> Sources);

/// <summary>A concept with how often it is mentioned.</summary>
/// <param name="Node">The concept.</param>
/// <param name="Mentions">How many edges say that something is about it or mentions it.</param>
public sealed record MentionedConcept(MemoryNode Node, int Mentions);
