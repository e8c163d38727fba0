namespace AgentRouter.Memory.Storage;

/// <summary>A part of a search index, as bytes that only the index understands.</summary>
/// <param name="Name">The name.</param>
/// <param name="Content">The bytes.</param>
public sealed record StoredIndexPart(string Name, ReadOnlyMemory<byte> Content);
