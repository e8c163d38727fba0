using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Terminals;
using AgentRouter.Workflows.Runs.Sqlite;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Runs.Prune;

/// <summary><c>agentrouter runs prune</c>.</summary>
internal static class PruneCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var age = new Option<string>("--older-than") { HelpName = "TIME", Required = true, Description = "Runs in which nothing has happened for so long: 30d, 12h, 45m." };
        age.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && Age.Parse(text) is null)
                result.AddError($"--older-than takes a number with d, h or m, as in 30d; '{text}' is none.");
        });
        var waiting = new Option<bool>("--waiting") { Description = "Also runs that wait for a person." };
        Option<bool> keepFiles = SharedOptions.KeepFiles();
        Option<string?> store = SharedOptions.Store();
        var command = new CliCommand("prune", "Deletes old runs, with their records, their files and what they have left in the memory, and gives their space back. Runs that wait for a person stay, unless they are asked for.")
        {
            Examples = [new Example("runs prune --older-than 30d", "What nobody has touched for a month.")],
        };
        command.Add(age);
        command.Add(waiting);
        command.Add(keepFiles);
        command.Add(store);
        command.SetAction((result, cancellationToken) => PruneAsync(
            context, Age.Parse(result.GetRequiredValue(age))!.Value, result.GetValue(waiting), result.GetValue(keepFiles), result.GetValue(store), cancellationToken));
        return command;
    }

    private static async Task<int> PruneAsync(CliContext context, TimeSpan age, bool waiting, bool keepFiles, string? named, CancellationToken cancellationToken)
    {
        using SqliteRunStore store = RunsFolder.Open(context, RunsFolder.FindHere(context, named));
        LeftMemories left = LeftMemories.Find(context);
        IReadOnlyList<string> deleted = await store.PruneAsync(age, waiting, cancellationToken);
        context.Terminal.Output.Write(new Text($"Deleted {Numbers.Of(deleted.Count, "run")} from {store.File}.\n"));
        int erased = await left.EraseAsync(deleted);
        int files = keepFiles ? ExitCodes.Succeeded : DeleteFiles(context, deleted.Select(runId => store.FolderOf(runId)!), cancellationToken);
        return erased == ExitCodes.Succeeded ? files : erased;
    }

    // what cannot be deleted of one run keeps nobody from deleting the others
    private static int DeleteFiles(CliContext context, IEnumerable<string> folders, CancellationToken cancellationToken)
    {
        long bytes = 0;
        int deleted = 0, exitCode = ExitCodes.Succeeded;
        foreach (string folder in folders)
        {
            try
            {
                if (RunFiles.Delete(folder, cancellationToken) is not { } freed)
                    continue;
                bytes += freed;
                deleted++;
            }
            catch (IOException exception)
            {
                context.Terminal.Error.Write(new Text(exception.Message + "\n", Palette.Bad));
                exitCode = ExitCodes.Failed;
            }
        }

        if (deleted > 0)
            context.Terminal.Output.Write(new Text($"The files of {Numbers.Of(deleted, "run")} gave back {Numbers.Bytes(bytes)}.\n"));
        return exitCode;
    }
}
