namespace AgentRouter.Memory.Storage.Exchange;

/// <summary>What an import brought.</summary>
/// <param name="NewNodes">How many nodes were not there before.</param>
/// <param name="NewEdges">How many edges were not there before.</param>
public sealed record MemoryImported(long NewNodes, long NewEdges);
