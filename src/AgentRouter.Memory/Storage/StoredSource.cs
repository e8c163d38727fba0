using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage;

/// <summary>What is known of a source.</summary>
/// <param name="Node">Its node.</param>
/// <param name="ContentHash">The hash of its content.</param>
/// <param name="Episodes">The hash of each of its episodes that still hold, by key.</param>
public sealed record StoredSource(MemoryNode Node, string ContentHash, IReadOnlyDictionary<string, string> Episodes)
{
    /// <summary>Gets what <see cref="ForgottenItems"/> makes of the keys of its episodes that were erased one by one: they do not come back when the source is imported again.</summary>
    public IReadOnlySet<string> Forgotten { get; init; } = new HashSet<string>();
}
