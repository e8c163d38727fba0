namespace AgentRouter.Tools.Capabilities;

/// <summary>What is to be reached: capabilities that must all be satisfied, and lesser goals that are still worth reaching when they cannot.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Needs">The capabilities, one at least.</param>
public sealed record CapabilityGoal(string Name, IReadOnlyList<string> Needs)
{
    /// <summary>Gets the lesser goals, the best first.</summary>
    public IReadOnlyList<LesserGoal> Lesser { get; init; } = [];
}
