using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Runs.Export;
using AgentRouter.Cli.Hosting;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Cli.Commands.Runs;

/// <summary><c>agentrouter runs</c>.</summary>
internal static class RunsCommand
{
    private const int DefaultLimit = 20;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<string?> runs = SharedOptions.RunsFolder();
        var limit = new Option<int>("--limit") { HelpName = "N", Description = $"How many runs to list; the default is {DefaultLimit}.", DefaultValueFactory = _ => DefaultLimit };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--limit takes a whole number from 1.");
        });
        var command = new CliCommand("runs", "Lists the recorded runs, the latest first.")
        {
            Examples = [new Example("runs", "The latest runs with their outcomes and costs."), new Example("runs --runs out/runs --limit 100", "More of them, from another folder.")],
        };
        command.Add(runs);
        command.Add(limit);
        command.Add(ExportCommand.Create(context));
        command.SetAction((result, cancellationToken) => ListAsync(context, result.GetValue(runs), result.GetValue(limit), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(CliContext context, string? runsFolder, int limit, CancellationToken cancellationToken)
    {
        string folder = RunsFolder.FindHere(context, runsFolder);
        var runs = new List<RunSummary>();
        bool more = false;
        await foreach (RunSummary run in new JsonLinesRunStore(folder).ListAsync(cancellationToken))
        {
            if (runs.Count == limit)
            {
                more = true;
                break;
            }

            runs.Add(run);
        }

        new RunsScreen(context.Terminal.Output).Show(folder, runs, more);
        return ExitCodes.Succeeded;
    }
}
