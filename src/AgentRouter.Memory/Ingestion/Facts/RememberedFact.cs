namespace AgentRouter.Memory.Ingestion.Facts;

/// <summary>A statement that is remembered.</summary>
/// <param name="Id">The number of its node.</param>
/// <param name="Key">The key of its node.</param>
/// <param name="IsNew">Whether it was not known before.</param>
/// <param name="Superseded">The number of the fact whose place it took, 0 for none.</param>
public sealed record RememberedFact(long Id, string Key, bool IsNew, long Superseded);
