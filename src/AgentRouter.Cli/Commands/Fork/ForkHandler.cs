using System.Text.Json.Nodes;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Resume;
using AgentRouter.Cli.Commands.Run;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Terminals;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs.Sqlite;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Fork;

/// <summary>Makes a new run of the beginning of an old one, and goes on with it.</summary>
internal sealed class ForkHandler(CliContext context)
{
    /// <summary>Forks a run.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="cancellationToken">Cancels the new run; it ends in order.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ForkAsync(ForkOptions options, CancellationToken cancellationToken)
    {
        string folder = RunsFolder.FindHere(context, options.Store);
        string newId = context.Ids.NewId();
        using (SqliteRunStore store = RunsFolder.Open(context, folder, options.Durability ?? RunsFolder.DurabilityHere(context)))
        {
            string runId = await RunLookup.FindAsync(store, folder, options.Run, cancellationToken);
            await MakeAsync(options, store, runId, newId, cancellationToken);
            Announce(options, runId, RunCommandLines.For(context, newId, folder));
        }

        if (options.IsMadeOnly)
            return ExitCodes.Succeeded;
        var resume = new ResumeOptions { Run = newId, Store = options.Store, Durability = options.Durability, IsJson = options.IsJson, IsVerbose = options.IsVerbose };
        return await new ResumeHandler(context).ResumeAsync(resume, cancellationToken);
    }

    private async Task MakeAsync(ForkOptions options, SqliteRunStore store, string runId, string newId, CancellationToken cancellationToken)
    {
        RecordedProject run = await RecordedProject.LoadAsync(context, store, runId, cancellationToken);
        Dictionary<string, string> set = ForkChanges.Read(options.Set, run.Project.Workflow, context);
        string newFolder = store.FolderOf(newId)!;
        RunWorkspace? workspace = RunWorkspace.Find(run, store.FolderOf(runId)!);
        if (workspace is not null && set.ContainsKey(ForkChanges.InputPrefix + workspace.Input))
            throw new UsageException($"The input '{workspace.Input}' is the workspace; a fork works on a copy of the one that the run worked on, so it cannot be set.");
        string? root = workspace is null ? null : await workspace.CopyAsync(newFolder, cancellationToken);
        if (workspace is not null)
            set[ForkChanges.InputPrefix + workspace.Input] = JsonValue.Create(root)!.ToJsonString();
        try
        {
            var request = new ForkRequest { At = options.At, Set = set, RunId = newId, WorkspaceRoot = root };
            await RunForks.CreateAsync(store, runId, request, context.TimeProvider, cancellationToken);
        }
        catch
        {
            if (root is not null)
                Directory.Delete(newFolder, recursive: true);
            throw;
        }
    }

    private void Announce(ForkOptions options, string runId, RunCommandLines commands)
    {
        var audience = new RunAudience(context.Terminal, options.IsJson);
        audience.People.Write(new Text($"{commands.RunId} shares the events of {runId} up to {Numbers.Count(options.At)}.\n"));
        if (!options.IsMadeOnly)
            return;
        audience.People.Write(new Text(commands.Resume + " goes on with it.\n", Palette.Muted));
        if (audience.IsForPrograms)
            audience.Lines.Write(commands.RunId + "\n");
    }
}
