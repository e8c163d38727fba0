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
        using SqliteRunStore store = RunsFolder.Open(context, folder);
        string runId = await RunLookup.FindAsync(store, folder, options.Run, cancellationToken);
        RecordedProject run = await RecordedProject.LoadAsync(context, store, runId, cancellationToken);
        RunWorkspace? workspace = RunWorkspace.Find(run, store.FolderOf(runId)!);
        List<RunEvent> past = await store.ReadAsync(runId, cancellationToken).ToListAsync(cancellationToken);

        var audience = new RunAudience(context.Terminal, options.IsJson);
        var worker = new RunWorker(context, audience);
        worker.Announce(run.Project, run.Source.IsOffline, options.IsVerbose);
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

    private void Announce(IAnsiConsole people, RecordedProject run, List<RunEvent> past)
    {
        foreach (string file in run.Changed)
            people.Write(new Text($"{Untrusted.Line(context.Shorten(file), 400)} has changed since the run began. Where it does something else by now, the work ends and says at which event.\n", Palette.Warning));
        Money spent = past.OfType<BudgetSettled>().Aggregate(Money.Zero, (sum, settled) => sum + settled.Booked.Usd);
        people.Write(new Text($"{run.RunId} goes on after event {Numbers.Count(past[^1].Sequence)}; {Numbers.Money(spent)} is spent already.\n", Palette.Muted));
    }
}
