namespace AgentRouter.Memory.Storage;

/// <summary>How far the records of a scope have come.</summary>
/// <param name="Node">The number of the last node.</param>
/// <param name="Edge">The number of the last edge.</param>
/// <param name="Alteration">The number of the last alteration.</param>
public readonly record struct MemoryVersion(long Node, long Edge, long Alteration);
