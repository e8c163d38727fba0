namespace AgentRouter.Memory.Retrieval;

/// <summary>A term of a question.</summary>
/// <param name="Number">The term's number.</param>
/// <param name="Weight">How much it is looked for, above 0 and at most 1, times how rare it is.</param>
internal readonly record struct QuestionTerm(ulong Number, float Weight);
