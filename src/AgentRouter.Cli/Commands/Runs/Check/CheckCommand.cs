using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Commands.Runs.Check;

/// <summary><c>agentrouter runs check</c>.</summary>
internal static class CheckCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<string?> store = SharedOptions.Store();
        var command = new CliCommand("check", "Reads the whole store and tells what is wrong with it: damaged pages, missing events, values that changed. Changes nothing.")
        {
            Examples = [new Example("runs check", "The store of this folder or user.")],
        };
        command.Add(store);
        command.SetAction((result, cancellationToken) => CheckAsync(context, result.GetValue(store), cancellationToken));
        return command;
    }

    private static async Task<int> CheckAsync(CliContext context, string? named, CancellationToken cancellationToken)
    {
        using SqliteRunStore store = RunsFolder.Open(context, RunsFolder.FindHere(context, named));
        IReadOnlyList<string> problems = await store.CheckAsync(cancellationToken);
        new CheckScreen(context.Terminal.Output).Show(store.File, problems);
        return problems.Count == 0 ? ExitCodes.Succeeded : ExitCodes.Failed;
    }
}
