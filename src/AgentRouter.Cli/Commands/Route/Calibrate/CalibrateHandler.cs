using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Run;
using AgentRouter.Cli.Hosting;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Cascade;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Commands.Route.Calibrate;

/// <summary>Runs the tasks and keeps what came of them.</summary>
internal sealed class CalibrateHandler(CliContext context)
{
    private static readonly string Cheap = FixedPolicy.AlwaysSmall.Name;
    private static readonly string Dear = FixedPolicy.AlwaysLarge.Name;

    /// <summary>Calibrates.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="cancellationToken">Cancels the run that is on its way; what is done is kept.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CalibrateOptions options, CancellationToken cancellationToken)
    {
        WorkflowProject project = WorkflowProject.Load(context, options.Workflow, options.Configuration, options.IsOffline);
        IReadOnlyList<CalibrationTask> tasks = await CalibrationTask.LoadAsync(context.Resolve(options.Tasks), cancellationToken);
        // all tasks are checked before the first one is paid for
        foreach (CalibrationTask task in tasks)
            Inputs(task, project);
        string output = OutputFile.Check(context, options.Output, options.Tasks, options.Workflow);
        List<OutcomeRow> rows = File.Exists(output) ? [.. (await OutcomeTable.LoadAsync([output], cancellationToken)).Rows] : [];
        HashSet<string> done = [.. rows.Select(row => row.Task)];
        using SqliteRunStore store = RunsFolder.Open(context, RunsFolder.Find(context, options.RunsFolder, project.Configuration));
        var screen = new CalibrateScreen(context.Terminal.Output, Money.FromUsd(options.BudgetUsd));
        Money spent = Money.Zero;
        bool isUsedUp = false;
        foreach ((int number, CalibrationTask task) in tasks.Index())
        {
            if (done.Contains(task.Id))
                continue;
            var calibrated = new CalibratedTask(task);
            foreach (string policy in Policies(calibrated))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Money left = Money.FromUsd(options.BudgetUsd) - spent;
                (RunResult result, bool isCut) = await RunAsync(project, task, policy, left, store, cancellationToken);
                spent += result.Budget.Spent.Usd;
                if (result.Outcome == RunOutcome.Cancelled)
                    throw new OperationCanceledException(cancellationToken);
                isUsedUp = isCut;
                if (isUsedUp)
                    break;
                calibrated.Add(policy, result);
                await calibrated.Outcomes.AddAsync(store.ReadAsync(result.RunId, cancellationToken), task.Id, cancellationToken);
            }

            if (isUsedUp)
                break;
            IReadOnlyList<OutcomeRow> added = calibrated.Outcomes.Rows();
            rows.AddRange(added);
            await File.AppendAllTextAsync(output, string.Concat(added.Select(row => OutcomeTableWriter.Line(row) + "\n")), cancellationToken);
            screen.Task(number + 1, tasks.Count, calibrated, spent);
        }

        screen.End(rows, options.Output, spent, isUsedUp);
        return isUsedUp ? ExitCodes.BudgetExceeded : ExitCodes.Succeeded;
    }

    // the third run is for tasks that tell the models apart
    private static IEnumerable<string> Policies(CalibratedTask task)
    {
        yield return Cheap;
        yield return Dear;
        if (task.Succeeded(Cheap) == false && task.Succeeded(Dear) == true)
            yield return CascadeDefaults.Name;
    }

    private async Task<(RunResult Result, bool IsCut)> RunAsync(
        WorkflowProject project, CalibrationTask task, string policy, Money left, SqliteRunStore store, CancellationToken cancellationToken)
    {
        string runId = context.Ids.NewId();
        Dictionary<string, JsonNode?> inputs = Inputs(task, project);
        RunWorkspace? workspace = await RunWorkspace.PrepareAsync(project.Workflow, inputs, store.FolderOf(runId)!, isInPlace: false, cancellationToken);
        if (workspace is not null)
            inputs[workspace.Input] = JsonValue.Create(workspace.Root);
        Budget own = project.Workflow.Budget ?? project.Configuration.DefaultBudget ?? Budget.Unlimited;
        bool isTight = own.Usd is not { } usd || left < Money.FromUsd(usd);
        Budget budget = own with { Usd = isTight ? left.ToUsd() : own.Usd, Mode = BudgetMode.Enforce, OnExceeded = OnExceeded.Stop };
        await using WorkflowHost host = WorkflowHost.Create(context, project, project.Workflow.Router.CreatePolicy(policy), store, person: null);
        var request = new RunRequest { RunId = runId, Inputs = inputs, Budget = budget, WorkspaceRoot = workspace?.Root };
        RunResult result = await host.Engine.Start(project.Workflow, request, cancellationToken).Completion;
        return (result, isTight && (result.Outcome == RunOutcome.BudgetExceeded || await IsDegradedAsync(store, runId, cancellationToken)));
    }

    // a run whose calls went to a cheaper model for want of money says nothing about the dear one
    private static async Task<bool> IsDegradedAsync(SqliteRunStore store, string runId, CancellationToken cancellationToken)
    {
        await foreach (RunEvent runEvent in store.ReadAsync(runId, cancellationToken))
        {
            if (runEvent is BudgetDegraded)
                return true;
        }

        return false;
    }

    private Dictionary<string, JsonNode?> Inputs(CalibrationTask task, WorkflowProject project)
    {
        try
        {
            return InputValues.Read(task.Inputs, project.Workflow, context);
        }
        catch (UsageException error)
        {
            throw new ConfigurationException($"{task.Location}: {error.Message}", error);
        }
    }
}
