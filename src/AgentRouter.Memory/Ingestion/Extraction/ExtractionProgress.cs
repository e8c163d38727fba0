namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>How far an extraction is.</summary>
/// <param name="Done">The batches that were asked about.</param>
/// <param name="Batches">All batches of this extraction.</param>
/// <param name="NewFacts">The facts that are new so far.</param>
public readonly record struct ExtractionProgress(int Done, int Batches, int NewFacts);
