using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage;

/// <summary>A source that comes, or comes again with other content.</summary>
/// <param name="Node">The source's node; where the key is there already, its text and times are replaced.</param>
/// <param name="ContentHash">A hash of the whole content.</param>
/// <param name="ExpectedHash">The hash that the store must hold for the source, <see langword="null"/> where it must hold none: what the change was made for.</param>
public sealed record SourceChange(MemoryNode Node, string ContentHash, string? ExpectedHash);
