using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Terminals;
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
        Option<bool> keepFiles = SharedOptions.KeepFiles();
        Option<string?> store = SharedOptions.Store();
        var command = new CliCommand("delete", "Deletes runs: their records, the folders with the copies of their workspaces, and what they have left in the memory. What they spent stays in 'spend'.")
        {
            Examples =
            [
                new Example("runs delete 20261122-153047-k3f9qa", "One run."),
                new Example("runs delete 20261122-1530 20261122-1612 --keep-files", "Two runs; the files that they worked on stay."),
            ],
            Notes = ["A run that worked in place has the files as they were before it in its folder; they are deleted with it. The user's own folder is never touched."],
        };
        command.Add(runs);
        command.Add(keepFiles);
        command.Add(store);
        command.SetAction((result, cancellationToken) =>
            DeleteAsync(context, result.GetRequiredValue(runs), result.GetValue(keepFiles), result.GetValue(store), cancellationToken));
        return command;
    }

    private static async Task<int> DeleteAsync(CliContext context, string[] names, bool keepFiles, string? named, CancellationToken cancellationToken)
    {
        string folder = RunsFolder.FindHere(context, named);
        using SqliteRunStore store = RunsFolder.Open(context, folder);
        // all are found before the first one is deleted
        var runIds = new List<string>();
        foreach (string name in names)
            runIds.Add(await RunLookup.FindAsync(store, folder, name, cancellationToken));
        LeftMemories left = LeftMemories.Find(context);
        int exitCode;
        var deleted = new List<string>();
        try
        {
            foreach (string runId in runIds.Distinct())
            {
                await store.DeleteAsync(runId, cancellationToken);
                deleted.Add(runId);
                context.Terminal.Output.Write(new Text($"Deleted {runId}.{Files(store.FolderOf(runId)!, keepFiles, cancellationToken)}\n"));
            }
        }
        finally
        {
            exitCode = await left.EraseAsync(deleted);
        }

        return exitCode;
    }

    private static string Files(string folder, bool keepFiles, CancellationToken cancellationToken)
    {
        if (keepFiles)
            return Directory.Exists(folder) ? $" Its files stay in {folder}." : "";
        return RunFiles.Delete(folder, cancellationToken) is { } bytes ? $" Its files gave back {Numbers.Bytes(bytes)}." : "";
    }
}
