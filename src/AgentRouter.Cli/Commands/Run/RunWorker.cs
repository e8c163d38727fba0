using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Run.Report;
using AgentRouter.Cli.Commands.Run.Views;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Run;

/// <summary>Works on a run in this process: shows it while it happens, then sums it up.</summary>
internal sealed class RunWorker(CliContext context, RunAudience audience)
{
    /// <summary>Says what the user should know before anything is spent.</summary>
    /// <param name="project">The workflow and its configuration.</param>
    /// <param name="isOffline">Whether the user chose the script.</param>
    /// <param name="isVerbose">Whether every warning is shown.</param>
    public void Announce(WorkflowProject project, bool isOffline, bool isVerbose)
    {
        if (project.Script is { } script)
        {
            string why = isOffline ? "Offline" : "No provider is configured";
            audience.People.Write(new Text($"{why}: the models are scripted ({Untrusted.Line(context.Shorten(script), 400)}).\n", Palette.Warning));
        }

        if (isVerbose)
            new DiagnosticsScreen(audience.People, context).Show(project.Warnings);
        else if (project.Warnings.Count > 0)
            audience.People.Write(new Text($"{DiagnosticsScreen.Count(project.Warnings)} in {Untrusted.Line(context.Shorten(project.File), 400)}; agentrouter validate shows them.\n", Palette.Muted));
    }

    /// <summary>Works on a run until it ends, waits or is stopped.</summary>
    /// <param name="work">The run.</param>
    /// <param name="begin">Begins the work.</param>
    /// <param name="cancellationToken">Cancels the run; it ends in order.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> WorkAsync(RunWork work, Func<WorkflowEngine, CancellationToken, Task<WorkflowRun>> begin, CancellationToken cancellationToken)
    {
        if (!audience.IsForPrograms)
            audience.People.WriteLine();
        var report = RunReport.From(work.Past);
        RunResult result;
        DateTimeOffset began = context.TimeProvider.GetUtcNow();
        await using (IRunView view = audience.CreateView(work.Project.Workflow, work.Past, context.TimeProvider))
        {
            IPersonChannel? person = audience.CanAsk ? new TerminalPerson(audience.People, view) : null;
            await using WorkflowHost host = WorkflowHost.Create(context, work.Project, work.Project.Workflow.Router.CreatePolicy(work.Policy), work.Store, person);
            result = await FollowAsync(token => begin(host.Engine, token), report, view, cancellationToken);
        }

        await ShowAsync(work, result, report, context.TimeProvider.GetUtcNow() - began);
        return ExitCodes.Of(result.Outcome);
    }

    private static async Task<RunResult> FollowAsync(Func<CancellationToken, Task<WorkflowRun>> begin, RunReport report, IRunView view, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        WorkflowRun run = await begin(stop.Token);
        try
        {
            // read to the end, a cancelled run's too: its last events say what it cost
            await foreach (RunEvent runEvent in run.ReadEventsAsync(CancellationToken.None))
            {
                report.Add(runEvent);
                view.Show(runEvent);
            }
        }
        catch
        {
            // nobody sees the run any more, so it must not go on spending
            await stop.CancelAsync();
            await run.Completion;
            throw;
        }

        return await run.Completion;
    }

    private async Task ShowAsync(RunWork work, RunResult result, RunReport report, TimeSpan duration)
    {
        RunWorkspace? workspace = work.Workspace;
        bool goesOn = await GoesOnAsync(work, result);
        var finished = new FinishedRun
        {
            RunId = work.RunId,
            Workflow = work.Project.Workflow.Name,
            Outcome = result.Outcome,
            Reason = result.Reason,
            Answer = result.Answer,
            Budget = result.Budget,
            Report = report,
            Duration = duration,
            Changes = workspace is null ? null : await workspace.ChangesAsync(CancellationToken.None),
            ResultFolder = workspace?.Root,
            BackupFolder = workspace is { IsInPlace: true } ? workspace.Original : null,
            RecordFile = work.Store.File,
            Commands = work.Commands,
            GoesOn = goesOn,
            Questions = goesOn && result.Outcome == RunOutcome.Waiting ? await work.Store.QuestionsAsync(work.RunId, CancellationToken.None) : [],
        };
        if (audience.IsForPrograms)
        {
            audience.Lines.Write(RunSummaryJson.Of(finished).Serialize() + "\n");
            audience.Lines.Flush();
        }

        if (audience.WantsReport)
            new RunReportScreen(audience.People).Show(finished);
    }

    // the record tells: a run that failed for want of disk space, or because its files have changed, has not ended there
    private static async Task<bool> GoesOnAsync(RunWork work, RunResult result)
    {
        try
        {
            RunSummary recorded = await work.Store.SummarizeAsync(work.RunId, CancellationToken.None);
            return recorded.Outcome is null or RunOutcome.Cancelled or RunOutcome.Waiting;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return result.Outcome is RunOutcome.Cancelled or RunOutcome.Waiting;
        }
    }
}
