namespace AgentRouter.Memory.Storage;

/// <summary>Takes a part of a search index.</summary>
/// <param name="name">The name.</param>
/// <param name="content">The bytes, which are gone when this returns.</param>
public delegate void IndexPartReader(string name, ReadOnlySpan<byte> content);
