using System.Text.Json.Nodes;

namespace AgentRouter.Tools.Healing;

/// <summary>How the way to a goal ended.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Status">How it ended.</param>
public sealed record GoalResult(string Goal, GoalStatus Status)
{
    /// <summary>Gets the lesser goal that was reached, or <see langword="null"/>.</summary>
    public string? Lesser { get; init; }

    /// <summary>Gets why the goal itself was not reached, or <see langword="null"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets what is known at the end: given facts, and what tools returned, by capability.</summary>
    public required JsonObject Facts { get; init; }

    /// <summary>Gets the calls that were made, in the order in which they ended.</summary>
    public required IReadOnlyList<ToolAttempt> Attempts { get; init; }

    /// <summary>Gets the capabilities of the goal that are not satisfied.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Gets the capabilities that only a model says are satisfied, by a tool that does not declare them.</summary>
    public IReadOnlyList<string> OnWord { get; init; } = [];

    /// <summary>Gets the tools whose effect is there although it is not wanted any more, or may be there: somebody should look after it.</summary>
    public IReadOnlyList<string> LeftBehind { get; init; } = [];
}
