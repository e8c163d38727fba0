namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>What was found for a question with as much effort as it was worth.</summary>
/// <param name="Recall">What was found. With a summary it is all that the summary was made of: then the summary is what fits the tokens of the question.</param>
/// <param name="Plan">How it was worked on, and why.</param>
/// <param name="Summary">The evidence told shorter; <see langword="null"/> where it is to be read itself.</param>
public sealed record AssistedRecallResult(MemoryRecall Recall, RecallPlan Plan, RecallSummary? Summary);
