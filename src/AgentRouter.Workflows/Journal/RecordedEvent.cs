using AgentRouter.Events;

namespace AgentRouter.Workflows.Journal;

/// <summary>An event of a journal that is to happen again.</summary>
/// <param name="Event">The event.</param>
/// <param name="Elapsed">How long the run had worked by then.</param>
internal sealed record RecordedEvent(RunEvent Event, TimeSpan Elapsed)
{
    /// <summary>Gets the output that a fork gives the visit in place of its own, as JSON.</summary>
    public string? Output { get; init; }

    /// <summary>Gets or sets a value indicating whether it has happened again.</summary>
    public bool IsDone { get; set; }

    /// <summary>Gets a value indicating whether others wait for it: what is decided or learned after it may depend on it.</summary>
    public bool IsAwaited => Event is StepRouted or CallAnswered or CallFailed or ToolReturned or NodeFinished or NodeFailed;
}
