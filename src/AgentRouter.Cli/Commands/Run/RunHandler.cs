using System.Text.Json.Nodes;
using AgentRouter.Budgets;
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

/// <summary>Runs a workflow and shows it.</summary>
internal sealed class RunHandler(CliContext context)
{
    private readonly Terminal _terminal = context.Terminal;

    /// <summary>Runs a workflow.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="cancellationToken">Cancels the run; it ends in order.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        bool isForPrograms = options.IsJson || _terminal.IsRedirected;
        // where programs read standard output, people read standard error
        IAnsiConsole people = isForPrograms ? _terminal.Error : _terminal.Output;
        WorkflowProject project = WorkflowProject.Load(context, options.File, options.Configuration, options.IsOffline);
        Announce(people, project, options);

        string runId = context.Ids.NewId();
        var store = new JsonLinesRunStore(RunsFolder.Find(context, options.RunsFolder, project.Configuration));
        string runFolder = store.FolderOf(runId)!;
        Dictionary<string, JsonNode?> inputs = InputValues.Read(options.Inputs, project.Workflow, context);
        RunWorkspace? workspace = await RunWorkspace.PrepareAsync(project.Workflow, inputs, runFolder, options.IsInPlace, cancellationToken);
        if (workspace is not null)
            inputs[workspace.Input] = JsonValue.Create(workspace.Root);

        cancellationToken.ThrowIfCancellationRequested();
        var report = new RunReport();
        RunResult result;
        DateTimeOffset began = context.TimeProvider.GetUtcNow();
        await using (IRunView view = CreateView(project, isForPrograms))
        {
            IPersonChannel? person = _terminal.CanAsk && !isForPrograms ? new TerminalPerson(_terminal.Output, view) : null;
            using WorkflowHost host = WorkflowHost.Create(context, project, options.Policy, store, person);
            var request = new RunRequest { RunId = runId, Inputs = inputs, Budget = BudgetOf(project, options), WorkspaceRoot = workspace?.Root };
            result = await FollowAsync(host.Engine, project, request, report, view, cancellationToken);
        }

        var finished = new FinishedRun
        {
            RunId = runId,
            Workflow = project.Workflow.Name,
            Outcome = result.Outcome,
            Reason = result.Reason,
            Answer = result.Answer,
            Budget = result.Budget,
            Report = report,
            Duration = context.TimeProvider.GetUtcNow() - began,
            Changes = workspace is null ? null : await workspace.ChangesAsync(CancellationToken.None),
            ResultFolder = workspace?.Root,
            BackupFolder = options.IsInPlace ? workspace?.Original : null,
            RecordFolder = runFolder,
        };
        Show(finished, people, options, isForPrograms);
        return ExitCodes.Of(result.Outcome);
    }

    private static async Task<RunResult> FollowAsync(
        WorkflowEngine engine, WorkflowProject project, RunRequest request, RunReport report, IRunView view, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        WorkflowRun run = engine.Start(project.Workflow, request, stop.Token);
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

    private void Announce(IAnsiConsole people, WorkflowProject project, RunOptions options)
    {
        if (project.Script is { } script)
        {
            string why = options.IsOffline ? "Offline" : "No provider is configured";
            people.Write(new Text($"{why}: the models are scripted ({Untrusted.Line(context.Shorten(script), 400)}).\n", Palette.Warning));
        }

        if (options.IsVerbose)
            new DiagnosticsScreen(people, context).Show(project.Warnings);
        else if (project.Warnings.Count > 0)
            people.Write(new Text($"{DiagnosticsScreen.Count(project.Warnings)} in {Untrusted.Line(options.File, 400)}; agentrouter validate shows them.\n", Palette.Muted));
        if (people == _terminal.Output)
            people.WriteLine();
    }

    private IRunView CreateView(WorkflowProject project, bool isForPrograms)
    {
        if (isForPrograms)
            return new JsonLinesView(_terminal.Lines);
        if (!_terminal.CanRedraw)
            return new PlainView(_terminal.Output);
        var state = new LiveState(project.Workflow.Name, project.Workflow.Nodes.Select(node => node.Name), context.TimeProvider.GetUtcNow());
        return new LiveView(_terminal.Output, state, context.TimeProvider);
    }

    private static Budget BudgetOf(WorkflowProject project, RunOptions options)
    {
        Budget? own = project.Workflow.Budget ?? project.Configuration.DefaultBudget;
        // a limit that is named on the command line is kept, whatever the workflow's mode
        return options.BudgetUsd is { } usd ? (own ?? new Budget()) with { Usd = usd, Mode = BudgetMode.Enforce } : own ?? Budget.Unlimited;
    }

    private void Show(FinishedRun run, IAnsiConsole people, RunOptions options, bool isForPrograms)
    {
        if (isForPrograms)
        {
            _terminal.Lines.Write(RunSummaryJson.Of(run).Serialize() + "\n");
            _terminal.Lines.Flush();
        }

        if (!options.IsJson)
            new RunReportScreen(people).Show(run);
    }
}
