using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Presentation;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Commands.Runs.List;

/// <summary><c>agentrouter runs list</c>, and <c>agentrouter runs</c> alone.</summary>
internal static class ListCommand
{
    private const int DefaultLimit = 20;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var command = new CliCommand("list", "Lists the recorded runs, the latest first.")
        {
            Examples = [new Example("runs list --outcome waiting", "The runs that wait for a person.")],
        };
        AddTo(command, context);
        return command;
    }

    /// <summary>Gives a command the options and the work of this one.</summary>
    public static void AddTo(CliCommand command, CliContext context)
    {
        Option<string?> store = SharedOptions.Store();
        var outcome = new Option<string?>("--outcome") { HelpName = "STATE", Description = $"Only runs in this state: {string.Join(", ", RunStateFilter.Words)}." };
        outcome.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } word && !RunStateFilter.Knows(word))
                result.AddError($"There is no state '{word}'. {Suggestion.Sentence(word, RunStateFilter.Words)}");
        });
        var limit = new Option<int>("--limit") { HelpName = "N", Description = $"How many runs to list; the default is {DefaultLimit}.", DefaultValueFactory = _ => DefaultLimit };
        limit.Require(number => number >= 1, "--limit takes a whole number from 1.");
        command.Add(store);
        command.Add(outcome);
        command.Add(limit);
        command.SetAction((result, cancellationToken) => ListAsync(context, result.GetValue(store), result.GetValue(outcome), result.GetValue(limit), cancellationToken));
    }

    private static async Task<int> ListAsync(CliContext context, string? named, string? outcome, int limit, CancellationToken cancellationToken)
    {
        string folder = RunsFolder.FindHere(context, named);
        using SqliteRunStore store = RunsFolder.Open(context, folder);
        IAsyncEnumerable<RunSummary> listed = outcome is null ? store.ListAsync(cancellationToken) : RunStateFilter.List(store, outcome, cancellationToken);
        List<RunSummary> runs = await listed.Take(limit + 1).ToListAsync(cancellationToken);
        new ListScreen(context.Terminal.Output).Show(folder, [.. runs.Take(limit)], runs.Count > limit, outcome);
        return ExitCodes.Succeeded;
    }
}
