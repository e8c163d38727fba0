namespace AgentRouter.Skills.Retrieval;

/// <summary>A document in a list.</summary>
/// <param name="Document">The document, numbered through all segments of the index.</param>
/// <param name="Reason">Why it stands there.</param>
/// <param name="Sentence">The sentence of the query that it was found for.</param>
internal readonly record struct RankedSkill(int Document, MatchReason Reason, string? Sentence = null);
