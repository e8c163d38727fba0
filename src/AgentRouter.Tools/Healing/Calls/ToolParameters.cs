namespace AgentRouter.Tools.Healing.Calls;

/// <summary>What a tool takes.</summary>
/// <param name="Names">The names of its parameters; <see langword="null"/> when it takes any, and then it is given what it needs and nothing else.</param>
/// <param name="Required">The parameters that must be given.</param>
public sealed record ToolParameters(IReadOnlyList<string>? Names, IReadOnlyList<string> Required);
