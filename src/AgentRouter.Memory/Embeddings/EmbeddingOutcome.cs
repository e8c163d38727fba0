namespace AgentRouter.Memory.Embeddings;

/// <summary>What came of embedding a scope.</summary>
/// <param name="Embedded">How many texts were embedded and kept.</param>
/// <param name="Known">How many had a vector already.</param>
/// <param name="Left">Why the rest was left, such as a budget that is used up; <see langword="null"/> where nothing was. The next call goes on there.</param>
public sealed record EmbeddingOutcome(long Embedded, long Known, string? Left);
