namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>What an extraction would ask, without reflections: they are about facts that are not known yet.</summary>
/// <param name="Batches">The calls where each answer can be read.</param>
/// <param name="Episodes">The episodes.</param>
/// <param name="NewFacts">The facts of which nobody has thought yet what they mean together with others.</param>
/// <param name="InputTokens">The tokens that are sent at most, counted as one for every four characters.</param>
/// <param name="OutputTokens">The tokens that are answered at most.</param>
public sealed record ExtractionPlan(int Batches, int Episodes, int NewFacts, long InputTokens, long OutputTokens);
