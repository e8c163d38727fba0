namespace AgentRouter.Tools.Healing;

/// <summary>A call of a tool on the way to a goal, and what came of it.</summary>
/// <param name="Tool">The tool's name in the graph.</param>
/// <param name="Failure">What went wrong, or <see langword="null"/>.</param>
public sealed record ToolAttempt(string Tool, ToolFailure? Failure);
