using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Workflows.Runs.Sqlite;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Runs.Delete;

/// <summary><c>agentrouter runs delete RUN…</c>.</summary>
internal static class DeleteCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var runs = new Argument<string[]>("RUN") { Description = "The runs: ids, or beginnings of them.", Arity = ArgumentArity.OneOrMore };
        Option<string?> store = SharedOptions.Store();
        var command = new CliCommand("delete", "Deletes the records of runs. What they spent stays in 'spend', their files stay where they are.")
        {
            Examples = [new Example("runs delete 20261122-153047-k3f9qa", "One run.")],
        };
        command.Add(runs);
        command.Add(store);
        command.SetAction((result, cancellationToken) => DeleteAsync(context, result.GetRequiredValue(runs), result.GetValue(store), cancellationToken));
        return command;
    }

    private static async Task<int> DeleteAsync(CliContext context, string[] names, string? named, CancellationToken cancellationToken)
    {
        string folder = RunsFolder.FindHere(context, named);
        using SqliteRunStore store = RunsFolder.Open(context, folder);
        // all are found before the first one is deleted
        var runIds = new List<string>();
        foreach (string name in names)
            runIds.Add(await RunLookup.FindAsync(store, folder, name, cancellationToken));
        foreach (string runId in runIds.Distinct())
        {
            await store.DeleteAsync(runId, cancellationToken);
            string files = store.FolderOf(runId) is { } left && Directory.Exists(left) ? $" Its files stay in {left}." : "";
            context.Terminal.Output.Write(new Text($"Deleted {runId}.{files}\n"));
        }

        return ExitCodes.Succeeded;
    }
}
