namespace AgentRouter.Memory.Ingestion;

/// <summary>An item that was not imported.</summary>
/// <param name="Place">Its place in the source, from 0.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record SkippedItem(int Place, string Reason);
