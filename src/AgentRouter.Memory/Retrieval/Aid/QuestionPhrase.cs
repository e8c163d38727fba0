using AgentRouter.Memory.Retrieval.Effort;

namespace AgentRouter.Memory.Retrieval.Aid;

/// <summary>A part of a question that is compared by its own vector.</summary>
/// <param name="Module">What it is compared for: things, topics, or an event whose day is meant.</param>
/// <param name="Text">Its words.</param>
internal readonly record struct QuestionPhrase(RecallModule Module, string Text);
