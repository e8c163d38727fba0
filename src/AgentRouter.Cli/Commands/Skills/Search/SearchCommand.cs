using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Cli.Hosting.Reranking;
using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Cli.Commands.Skills.Search;

/// <summary><c>agentrouter skills search "…"</c>.</summary>
internal static class SearchCommand
{
    private const int DefaultLimit = 10;
    private const string Untold = "TASK";

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var query = new Argument<string>("TASK") { Description = "The task, as you would give it to an agent: a few words, or pages; '-' reads it from standard input." };
        Option<string?> file = SkillLibrary.File();
        Option<string[]> folders = SkillLibrary.Folders();
        Option<int> limit = OutcomeOptions.Count("--limit", "The most skills that are shown", DefaultLimit, 1, SkillSearchOptions.MaxLimit);
        var explain = new Option<bool>("--explain") { Description = "Also show why: the share of the best under each view, and the words that count." };
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("search", "Finds the skills for a task. Nothing is contacted, unless the index has vectors of a model that does not run here.")
        {
            Examples =
            [
                new Example("skills search \"turn the failing test green\" --in skills/", "Searches a folder without an index."),
                new Example("skills search \"extract tables from a PDF into Excel\" --explain", "The best ten of the index, and why."),
                new Example("skills search \"the pipeline fails\" --rerank judge", "The same, with the first ones put in order by a model of the configuration."),
            ],
        };
        command.Add(query);
        command.Add(file);
        command.Add(folders);
        command.Add(limit);
        command.Add(explain);
        var embeddings = new EmbeddingChoice.Options(command);
        Option<string?> ranker = SkillLibrary.Ranker();
        command.Add(ranker);
        Option<string?> rerank = RerankerChoice.Option();
        command.Add(rerank);
        command.Add(json);
        var recorded = new RecordedEmbedding(command, "skills search");
        command.SetAction(async (result, cancellationToken) =>
        {
            string task = await TaskText.ReadAsync(context, result.GetRequiredValue(query), cancellationToken);
            EmbeddingChoice choice = embeddings.Read(context, result);
            // what a task says is recorded only where prompts are
            IEnumerable<string> words =
            [
                choice.Configuration.RecordContent ? task : Untold,
                .. result.GetValue(file) is { } index ? ["--index", index] : Array.Empty<string>(),
                .. (result.GetValue(folders) ?? []).SelectMany(folder => (string[])["--in", folder]),
            ];
            return await recorded.RunAsync(context, result, choice, words, paid => SearchAsync(result, task, paid, cancellationToken), cancellationToken);
        });
        return command;

        async Task<int> SearchAsync(ParseResult result, string task, EmbeddingChoice choice, CancellationToken cancellationToken)
        {
            using OpenReranker? reranker = RerankerChoice.Open(context, choice.Configuration, result.GetValue(rerank));
            using SearchLibrary library = await SearchLibrary.OpenAsync(context, result.GetValue(file), result.GetValue(folders), task, choice, SkillLibrary.Ranker(context, result.GetValue(ranker)), reranker, cancellationToken);
            var options = new SkillSearchOptions { Limit = result.GetValue(limit), Explain = result.GetValue(explain) };
            IReadOnlyList<SkillMatch> matches = await library.SearchAsync(task, options, cancellationToken);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, matches, cancellationToken);
            else
                new SearchScreen(context.Terminal.Output, context).Show(matches, library.Count, options.Explain);
            return ExitCodes.Succeeded;
        }
    }
}
