namespace AgentRouter.Memory.Storage;

/// <summary>A node that was superseded or erased after it was written.</summary>
/// <param name="Node">The node's number.</param>
/// <param name="HeldUntil">When it ceased to hold; <see langword="null"/> where it was erased.</param>
public readonly record struct MemoryAlteration(long Node, DateTimeOffset? HeldUntil);
