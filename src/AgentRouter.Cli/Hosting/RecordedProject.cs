using AgentRouter.Cli.CommandLine;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Cli.Hosting;

/// <summary>A recorded run with the project that it was started from, loaded again.</summary>
internal sealed record RecordedProject
{
    /// <summary>Gets the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets what the run was started with.</summary>
    public required RecordedRequest Request { get; init; }

    /// <summary>Gets where its files lie.</summary>
    public required RunSource Source { get; init; }

    /// <summary>Gets the project as it is now.</summary>
    public required WorkflowProject Project { get; init; }

    /// <summary>Gets the files that have changed since the run began.</summary>
    public required IReadOnlyList<string> Changed { get; init; }

    /// <summary>Loads the project of a run.</summary>
    /// <param name="context">The world.</param>
    /// <param name="store">Where the run is recorded.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="UsageException">A file is gone, or the run was not started on the command line.</exception>
    /// <exception cref="InvalidFileException">A file cannot be used any more.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public static async Task<RecordedProject> LoadAsync(CliContext context, IRunStore store, string runId, CancellationToken cancellationToken)
    {
        RecordedRequest request = await RecordedRequest.ReadAsync(store, runId, cancellationToken);
        RunSource source = RunSource.Read(runId, request.Source);
        IReadOnlyList<string> changed = source.FindChanges(runId);
        return new RecordedProject
        {
            RunId = runId,
            Request = request,
            Source = source,
            Project = WorkflowProject.Load(context, source.Workflow, source.Configuration, source.IsOffline),
            Changed = changed,
        };
    }
}
