using AgentRouter.Identity;
using AgentRouter.Workflows.Journal;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Engine;

/// <summary>Makes new runs of the beginnings of others. Needs the store alone: no models, no tools, no keys.</summary>
public static class RunForks
{
    /// <summary>Makes a new run of the beginning of another one, which is not changed. <see cref="WorkflowEngine.ResumeAsync"/> goes on with it; what is
    /// shared is not paid again, and counts in the new run's budget as it did in the old one's.</summary>
    /// <param name="store">Where the run is recorded.</param>
    /// <param name="runId">The run.</param>
    /// <param name="request">Up to where, and what is changed.</param>
    /// <param name="timeProvider">The clock; the system's when not given.</param>
    /// <param name="cancellationToken">Cancels the copying.</param>
    /// <returns>The new run's id.</returns>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    /// <exception cref="Configuration.ConfigurationException">The point, an input or a node is not in the run.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public static async Task<string> CreateAsync(
        IRunStore store, string runId, ForkRequest request, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        timeProvider ??= TimeProvider.System;
        RecordedStart recorded = await RecordedStart.ReadAsync(store, runId, cancellationToken);
        string newId = RunIds.Check(request.RunId ?? new TimeOrderedIdGenerator(timeProvider).NewId());
        await RunFork.CreateAsync(store, recorded, runId, newId, request, timeProvider, cancellationToken);
        return newId;
    }
}
