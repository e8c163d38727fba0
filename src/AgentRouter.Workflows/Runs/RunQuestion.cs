namespace AgentRouter.Workflows.Runs;

/// <summary>A question that a run waits for an answer to.</summary>
/// <param name="Node">The node that asks, or <see langword="null"/> when the run itself asks, about its budget.</param>
/// <param name="Question">The question.</param>
/// <param name="Choices">The answers to choose from; empty for free text.</param>
/// <param name="Default">The answer that is taken when the time is up, if any.</param>
public sealed record RunQuestion(string? Node, string Question, IReadOnlyList<string> Choices, string? Default);
