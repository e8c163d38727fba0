using AgentRouter.Events;

namespace AgentRouter.Workflows.Engine;

/// <summary>The run has ended, so there is nothing to go on with.</summary>
public sealed class RunEndedException : InvalidOperationException
{
    internal RunEndedException(string runId, RunEnded end)
        : base($"The run '{runId}' has ended: {OutcomeNames.Of(end.Outcome)}{(end.Reason is null ? "" : $", {end.Reason}")} Start a new run, or fork this one from an event before its end.")
    {
        RunId = runId;
        Outcome = end.Outcome;
    }

    /// <summary>Gets the run.</summary>
    public string RunId { get; }

    /// <summary>Gets how it ended.</summary>
    public RunOutcome Outcome { get; }
}
