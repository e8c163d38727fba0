using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Commands.Run;

/// <summary>Prepares a new run, runs it and shows it.</summary>
internal sealed class RunHandler(CliContext context)
{
    /// <summary>Runs a workflow.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="cancellationToken">Cancels the run; it ends in order.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var worker = new RunWorker(context, new RunAudience(context.Terminal, options.IsJson));
        WorkflowProject project = WorkflowProject.Load(context, options.File, options.Configuration, options.IsOffline);
        worker.Announce(project, options.IsOffline, options.IsVerbose);

        string? account = project.AccountName(options.Account);
        string runId = context.Ids.NewId();
        string folder = RunsFolder.Find(context, options.RunsFolder, project.Configuration);
        using SqliteRunStore store = RunsFolder.Open(context, folder, options.Durability ?? project.Configuration.Runs.Durability);
        Dictionary<string, JsonNode?> inputs = InputValues.Read(options.Inputs, project.Workflow, context);
        RunWorkspace? workspace = await RunWorkspace.PrepareAsync(project.Workflow, inputs, store.FolderOf(runId)!, options.IsInPlace, cancellationToken);
        if (workspace is not null)
            inputs[workspace.Input] = JsonValue.Create(workspace.Root);

        cancellationToken.ThrowIfCancellationRequested();
        string policy = project.PolicyName(options.Policy);
        RunSource source = RunSource.Of(project, policy, options.IsOffline) with { WorkspaceInput = workspace?.Input, Original = workspace?.Original };
        var request = new RunRequest
        {
            RunId = runId,
            Inputs = inputs,
            Budget = BudgetOf(project, options),
            Account = account,
            WorkspaceRoot = workspace?.Root,
            Source = source.ToDictionary(),
        };
        var work = new RunWork
        {
            RunId = runId,
            Project = project,
            Policy = policy,
            Store = store,
            Commands = RunCommandLines.For(context, runId, folder),
            Workspace = workspace,
        };
        try
        {
            return await worker.WorkAsync(work, (engine, token) => Task.FromResult(engine.Start(project.Workflow, request, token)), cancellationToken);
        }
        catch when (!store.Exists(runId))
        {
            // a run that did not begin leaves no copy behind
            RunFiles.Delete(store.FolderOf(runId)!, CancellationToken.None);
            throw;
        }
    }

    private static Budget BudgetOf(WorkflowProject project, RunOptions options)
    {
        Budget? own = project.Workflow.Budget ?? project.Configuration.DefaultBudget;
        // a limit that is named on the command line is kept, whatever the workflow's mode
        return options.BudgetUsd is { } usd ? (own ?? new Budget()) with { Usd = usd, Mode = BudgetMode.Enforce } : own ?? Budget.Unlimited;
    }
}
