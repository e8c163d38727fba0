namespace AgentRouter.Tools.Capabilities;

/// <summary>A mistake in a capability graph.</summary>
/// <param name="Tool">The tool it is about, or <see langword="null"/>.</param>
/// <param name="Goal">The goal it is about, or <see langword="null"/>.</param>
/// <param name="Message">What is wrong, and what to do.</param>
/// <param name="IsWarning">Whether the graph can be used all the same.</param>
public sealed record GraphProblem(string? Tool, string? Goal, string Message, bool IsWarning = false)
{
    /// <summary>Gets where it is within the tool or goal, by the keys of YAML and, as <c>#2</c>, positions in lists: <c>needs</c>, <c>#2</c>. Empty
    /// when it is about the whole.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];
}
