namespace AgentRouter.Memory.Storage;

/// <summary>What a change brought.</summary>
/// <param name="Ids">The numbers of the nodes of the change, in its order, also of those that were there already; the source is not among them.</param>
/// <param name="SourceId">The number of the source, 0 without one.</param>
/// <param name="NewNodes">How many nodes were not there before.</param>
/// <param name="NewEdges">How many edges were not there before.</param>
/// <param name="Version">How far the records have come with it.</param>
public sealed record MemoryWritten(IReadOnlyList<long> Ids, long SourceId, int NewNodes, int NewEdges, MemoryVersion Version);
