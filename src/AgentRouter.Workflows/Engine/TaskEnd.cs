using AgentRouter.Events;

namespace AgentRouter.Workflows.Engine;

/// <summary>How a task that is no workflow ended.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why, for people; for a failure, what to do.</param>
public readonly record struct TaskEnd(RunOutcome Outcome, string? Reason = null);
