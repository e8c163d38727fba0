using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Cli.Commands.Skills.Search;

/// <summary><c>agentrouter skills search "…"</c>.</summary>
internal static class SearchCommand
{
    private const int DefaultLimit = 10;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var query = new Argument<string>("TASK") { Description = "The task, as you would give it to an agent: a few words, or pages." };
        Option<string?> file = SkillLibrary.File();
        Option<string[]> folders = SkillLibrary.Folders();
        Option<int> limit = OutcomeOptions.Count("--limit", "The most skills that are shown", DefaultLimit, 1, SkillSearchOptions.MaxLimit);
        var explain = new Option<bool>("--explain") { Description = "Also show why: the share of the best under each view, and the words that count." };
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("search", "Finds the skills for a task. No model is asked and nothing is contacted.")
        {
            Examples =
            [
                new Example("skills search \"turn the failing test green\" --in skills/", "Searches a folder without an index."),
                new Example("skills search \"extract tables from a PDF into Excel\" --explain", "The best ten of the index, and why."),
            ],
        };
        command.Add(query);
        command.Add(file);
        command.Add(folders);
        command.Add(limit);
        command.Add(explain);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            SkillIndex index = await SkillLibrary.LoadAsync(context, result.GetValue(file), result.GetValue(folders), cancellationToken);
            var options = new SkillSearchOptions { Limit = result.GetValue(limit), Explain = result.GetValue(explain) };
            IReadOnlyList<SkillMatch> matches = new SkillRetriever(index).Search(result.GetRequiredValue(query), options, cancellationToken);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, matches, cancellationToken);
            else
                new SearchScreen(context.Terminal.Output, context).Show(matches, index.Count, options.Explain);
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
