namespace AgentRouter.Events;

/// <summary>A node was entered.</summary>
/// <param name="Kind">The node's kind: agent, route, tool, branch, parallel, map, human, workflow, end.</param>
/// <param name="Visit">How often it has been entered, this time included.</param>
public sealed record NodeStarted(string Kind, int Visit) : RunEvent;

/// <summary>A node's work is done.</summary>
/// <param name="Output">Its output as JSON text, shortened for the record.</param>
/// <param name="Verified">What its <c>verify</c> expression said; <see langword="null"/> without one.</param>
/// <param name="Duration">How long it took.</param>
public sealed record NodeFinished(string? Output, bool? Verified, TimeSpan Duration) : RunEvent;

/// <summary>A node failed.</summary>
/// <param name="Reason">What happened and what to do.</param>
/// <param name="Handled">Whether the run goes on: along an <c>onError</c> edge, or because the node is tried again.</param>
public sealed record NodeFailed(string Reason, bool Handled) : RunEvent
{
    /// <summary>Gets a value indicating whether its work was left in the middle, because the run was cancelled, waits for a person, or has used
    /// its budget up; it goes on from there when the run does.</summary>
    public bool IsLeft { get; init; }

    /// <summary>Gets the pause after which the node is tried again, where it is.</summary>
    public TimeSpan? RetriesAfter { get; init; }
}

/// <summary>The run moved from one node to the next.</summary>
/// <param name="To">The next node.</param>
/// <param name="When">The expression that chose it, or <see langword="null"/> for an edge without a condition.</param>
public sealed record EdgeTaken(string To, string? When) : RunEvent;

/// <summary>A route node chose which agent works.</summary>
/// <param name="TaskKind">The kind of task that the preferences are kept by.</param>
/// <param name="Chosen">Who works: an agent, several where they were too close, or <c>skip</c> for nobody.</param>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="Candidates">All candidates in the order of the list.</param>
public sealed record AgentRouted(string TaskKind, IReadOnlyList<string> Chosen, string Reason, IReadOnlyList<AgentCandidate> Candidates) : RunEvent;

/// <summary>A candidate of a route node as the record of a run knows it.</summary>
/// <param name="Agent">The agent, or <c>skip</c>.</param>
/// <param name="Preference">Its learned preference, from 0 to 2; 0.5 for an agent of which nothing is known.</param>
/// <param name="MaskedBy">Why it could not be chosen, or <see langword="null"/>.</param>
public sealed record AgentCandidate(string Agent, double Preference, string? MaskedBy);

/// <summary>The run asks a person and waits.</summary>
/// <param name="Question">The question.</param>
/// <param name="Choices">The answers to choose from; empty for free text.</param>
/// <param name="Default">The answer that is taken when the time is up, if any.</param>
public sealed record PersonAsked(string Question, IReadOnlyList<string> Choices, string? Default) : RunEvent;

/// <summary>A person answered, or the default was taken.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="ByDefault">Whether the time was up and the default was taken.</param>
public sealed record PersonAnswered(string Answer, bool ByDefault) : RunEvent;
