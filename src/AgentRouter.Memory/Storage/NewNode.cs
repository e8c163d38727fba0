using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage;

/// <summary>A node to be written.</summary>
/// <param name="Node">The node; its number is given by the store.</param>
/// <param name="ContentHash">A hash of its content, by which a later import sees that nothing changed; <see langword="null"/> for nodes without one.</param>
public sealed record NewNode(MemoryNode Node, string? ContentHash = null)
{
    /// <summary>Gets a value indicating whether the change is refused with <see cref="MemoryConflictException"/> where there is a node of its kind and key already; otherwise that one stays.</summary>
    public bool MustBeNew { get; init; }
}
