using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Run;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Runs.Sqlite;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Resume;

/// <summary>Goes on with a recorded run and shows it.</summary>
internal sealed class ResumeHandler(CliContext context)
{
    /// <summary>Finds a run and goes on with it.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="cancellationToken">Cancels the run; it ends in order.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ResumeAsync(ResumeOptions options, CancellationToken cancellationToken)
    {
        string folder = RunsFolder.FindHere(context, options.Store);
        RecordedProject run = await FindAsync(options.Run, folder, cancellationToken);
        string runId = run.RunId;
        run.Project.AccountName(run.Request.Account);
        using SqliteRunStore store = RunsFolder.Open(context, folder, options.Durability ?? run.Project.Configuration.Runs.Durability);
        RunWorkspace? workspace = RunWorkspace.Find(run, store.FolderOf(runId)!);
        List<RunEvent> past = await store.ReadAsync(runId, cancellationToken).ToListAsync(cancellationToken);

        var audience = new RunAudience(context.Terminal, options.IsJson);
        var worker = new RunWorker(context, audience);
        worker.Announce(run.Project, run.Source.IsOfflineByChoice, options.IsVerbose);
        Announce(audience.People, run, past);
        var work = new RunWork
        {
            RunId = runId,
            Project = run.Project,
            Policy = run.Source.Policy,
            Store = store,
            Commands = RunCommandLines.For(context, runId, folder),
            Workspace = workspace,
            Past = past,
        };
        return await worker.WorkAsync(work, (engine, token) => engine.ResumeAsync(run.Project.Workflow, runId, cancellationToken: token), cancellationToken);
    }

    // the run's own configuration tells how it is recorded, so the store is opened to find it first
    private async Task<RecordedProject> FindAsync(string name, string folder, CancellationToken cancellationToken)
    {
        using SqliteRunStore store = RunsFolder.Open(context, folder);
        string runId = await RunLookup.FindAsync(store, folder, name, cancellationToken);
        return await RecordedProject.LoadAsync(context, store, runId, cancellationToken);
    }

    private void Announce(IAnsiConsole people, RecordedProject run, List<RunEvent> past)
    {
        foreach (string file in run.Changed)
            people.Write(new Text($"{Untrusted.Line(context.Shorten(file), 400)} has changed since the run began. Where it does something else by now, the work ends and says at which event.\n", Palette.Warning));
        Money spent = past.OfType<BudgetSettled>().Aggregate(Money.Zero, (sum, settled) => sum + settled.Booked.Usd);
        people.Write(new Text($"{run.RunId} goes on after event {Numbers.Count(past[^1].Sequence)}; {Numbers.Money(spent)} is spent already.\n", Palette.Muted));
    }
}
