using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Commands.Runs.Show;

/// <summary><c>agentrouter runs show RUN</c>.</summary>
internal static class ShowCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Argument<string> run = SharedOptions.Run();
        Option<string?> store = SharedOptions.Store();
        var command = new CliCommand("show", "Shows how a run stands: its outcome, its cost, and what it waits for.")
        {
            Examples = [new Example("runs show last", "The latest run."), new Example("runs show 20261122-1530", "The run whose id begins so.")],
        };
        command.Add(run);
        command.Add(store);
        command.SetAction((result, cancellationToken) => ShowAsync(context, result.GetRequiredValue(run), result.GetValue(store), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(CliContext context, string name, string? named, CancellationToken cancellationToken)
    {
        string folder = RunsFolder.FindHere(context, named);
        using SqliteRunStore store = RunsFolder.Open(context, folder);
        string runId = await RunLookup.FindAsync(store, folder, name, cancellationToken);
        new ShowScreen(context.Terminal.Output).Show(
            await store.SummarizeAsync(runId, cancellationToken),
            await store.QuestionsAsync(runId, cancellationToken),
            store.FolderOf(runId) is { } files && Directory.Exists(files) ? files : null,
            RunCommandLines.For(context, runId, folder));
        return ExitCodes.Succeeded;
    }
}
