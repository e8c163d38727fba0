using System.Collections.Concurrent;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Hosting;
using AgentRouter.Events;
using AgentRouter.Routing.Policies;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Commands.Replay;

/// <summary>Does a recorded run again, and compares it with its record or looks at what another policy chooses.</summary>
internal sealed class ReplayHandler(CliContext context)
{
    /// <summary>Replays a run.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="cancellationToken">Cancels the replay.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ReplayAsync(ReplayOptions options, CancellationToken cancellationToken)
    {
        string folder = RunsFolder.FindHere(context, options.Store);
        using SqliteRunStore store = RunsFolder.Open(context, folder);
        string runId = await RunLookup.FindAsync(store, folder, options.Run, cancellationToken);
        RecordedProject run = await RecordedProject.LoadAsync(context, store, runId, cancellationToken);
        IRoutingPolicy policy = options.Policy is null
            ? run.Project.Workflow.Router.CreatePolicy(run.Source.Policy)
            : OtherPolicy.Create(context, options.Policy, run.Project.Workflow.Router);
        var decisions = new ConcurrentQueue<ReplayedDecision>();
        ReplayResult result;
        await using (WorkflowHost host = WorkflowHost.Create(context with { Secrets = new NoSecrets() }, run.Project, policy, store, person: null))
            result = await host.Engine.ReplayAsync(run.Project.Workflow, runId, options.Policy is null ? null : decisions.Enqueue, cancellationToken);

        var screen = new ReplayScreen(context.Terminal.Output);
        if (result.Mismatch is not null || options.Policy is null)
        {
            if (options.IsJson)
                await FiguresJson.WriteAsync(context.Terminal.Lines, new { result.RunId, result.Events, result.Decisions, DiffersAt = result.Mismatch?.Sequence, Difference = result.Mismatch?.Message }, cancellationToken);
            else
                screen.Show(result, run.Changed);
            return result.Mismatch is null ? ExitCodes.Succeeded : ExitCodes.Failed;
        }

        List<RunEvent> events = await store.ReadAsync(runId, cancellationToken).ToListAsync(cancellationToken);
        var report = ReplayReport.Of(policy.Name, decisions, events);
        if (options.IsJson)
            await FiguresJson.WriteAsync(context.Terminal.Lines, ReplayJson.Of(result, report), cancellationToken);
        else
            screen.Show(result, report);
        return ExitCodes.Succeeded;
    }
}
