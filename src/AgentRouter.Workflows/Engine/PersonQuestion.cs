namespace AgentRouter.Workflows.Engine;

/// <summary>A question of a run to a person.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Node">The path of the node that asks.</param>
/// <param name="Text">The question; it may hold text that a model wrote.</param>
/// <param name="Choices">The answers to choose from; empty for free text.</param>
/// <param name="Default">The answer that is taken when nobody answers in time, if any.</param>
public sealed record PersonQuestion(string RunId, string Node, string Text, IReadOnlyList<string> Choices, string? Default);
