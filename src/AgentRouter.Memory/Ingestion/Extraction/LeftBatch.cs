namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Something that could not be learned from this time; the next extraction asks about it again.</summary>
/// <param name="Place">The key of the first episode, or of the concept.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record LeftBatch(string Place, string Reason);
