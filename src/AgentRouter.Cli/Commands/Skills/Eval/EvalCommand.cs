using System.CommandLine;
using System.Globalization;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Cli.Hosting.Reranking;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Evaluation;
using AgentRouter.Skills.Rankers;
using AgentRouter.Skills.Ranking;

namespace AgentRouter.Cli.Commands.Skills.Eval;

/// <summary><c>agentrouter skills eval</c>.</summary>
internal static class EvalCommand
{
    private const string NameAndDescription = "name,description";
    private const string All = "all";
    private const int Draws = 3;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var pools = new Option<string[]>("--pool") { HelpName = "PATH", Description = "What is searched: JSON Lines, plain or .gz, a folder of them, or a folder of skills. Several are measured one by one, each with its tasks.", Required = true, AllowMultipleArgumentsPerToken = true };
        var tasks = new Option<string[]>("--tasks") { HelpName = "FILE", Description = "Tasks with the ids of what they need: JSON Lines, plain or .gz; one file for each pool.", AllowMultipleArgumentsPerToken = true };
        Option<int?> descriptions = Count("--descriptions", "N", "Instead of tasks: N skills of each pool are looked for by their descriptions, among bodies without names and descriptions.", 1_000_000);
        Option<int?> library = Count("--library", "N", "Draw libraries of N skills: all that the tasks need, and others at random.", 10_000_000);
        Option<int?> draws = Count("--draws", "N", $"How many libraries are drawn; of each task the mean counts. The default is {Draws}.", 100);
        Option<string?> views = Views();
        Option<DenseMode> dense = SkillLibrary.Dense();
        Option<int> seed = OutcomeOptions.Seed();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("eval", "Measures how well skills, or the tools of a catalogue, are found for tasks.")
        {
            Examples =
            [
                new Example("skills eval --pool pool/ --tasks tasks.jsonl", "From names and descriptions alone, step by step to the recipe that is used."),
                new Example("skills eval --pool pool/ --tasks tasks.jsonl --library 1000", "As it is in libraries of a thousand skills."),
                new Example("skills eval --pool pool/ --tasks tasks.jsonl --embeddings local", "The same, and then with the vectors of a model."),
                new Example("skills eval --pool pool/ --tasks tasks.jsonl --rerank judge", "The same, and then with the first places put in order by a model."),
                new Example("skills eval --pool tools.jsonl.gz --tasks queries.jsonl.gz --views all --json", "Only the recipe that is used, for programs."),
            ],
        };
        command.Add(pools);
        command.Add(tasks);
        command.Add(descriptions);
        command.Add(library);
        command.Add(draws);
        command.Add(views);
        command.Add(dense);
        var embeddings = new EmbeddingChoice.Options(command);
        Option<string?> ranker = SkillLibrary.Ranker();
        command.Add(ranker);
        Option<string?> rerank = RerankerChoice.Option();
        command.Add(rerank);
        command.Add(seed);
        command.Add(json);
        var recorded = new RecordedEmbedding(command, "skills eval");
        command.SetAction((result, cancellationToken) =>
        {
            EmbeddingChoice choice = embeddings.Read(context, result);
            IEnumerable<string> words = [.. result.GetRequiredValue(pools).SelectMany(pool => (string[])["--pool", pool]), .. (result.GetValue(tasks) ?? []).SelectMany(file => (string[])["--tasks", file])];
            return recorded.RunAsync(context, result, choice, words, paid => EvaluateAsync(result, paid, cancellationToken), cancellationToken);
        });
        return command;

        async Task<int> EvaluateAsync(ParseResult result, EmbeddingChoice choice, CancellationToken cancellationToken)
        {
            string[] poolPaths = result.GetRequiredValue(pools), taskPaths = result.GetValue(tasks) ?? [];
            int? wantedDescriptions = result.GetValue(descriptions);
            if (wantedDescriptions is null == (taskPaths.Length == 0))
                throw new UsageException(wantedDescriptions is null ? "Name the --tasks, or how many --descriptions are looked for instead." : "--descriptions stand for the tasks: leave out --tasks, or --descriptions.");
            if (wantedDescriptions is null && poolPaths.Length != taskPaths.Length)
                throw new UsageException($"There are {poolPaths.Length} pools and {taskPaths.Length} files of tasks. Name one file of tasks for each pool, in the same order.");
            if (wantedDescriptions is not null && result.GetValue(views) == NameAndDescription)
                throw new UsageException($"--descriptions are looked for among bodies alone, so --views {NameAndDescription} would find nothing.");
            if (result.GetValue(draws) is not null && result.GetValue(library) is null)
                throw new UsageException("--draws says how many libraries are drawn; --library says how large they are.");
            IReadOnlyList<string> names = PoolNames.Of(poolPaths);
            SkillRanker? trained = SkillLibrary.Ranker(context, result.GetValue(ranker));
            using OpenReranker? reranker = RerankerChoice.Open(context, choice.Configuration, result.GetValue(rerank));
            var reports = new List<EvalReport>();
            for (int i = 0; i < poolPaths.Length; i++)
            {
                HeldOutDescriptions? heldOut = wantedDescriptions is null ? null : new HeldOutDescriptions();
                EvaluationPool whole = await EvaluationPool.ReadAsync(context.Resolve(poolPaths[i]), heldOut, cancellationToken, withPassages: choice.Named is not null, withTexts: reranker is not null);
                IReadOnlyList<EvaluationTask> wanted = heldOut?.Draw(wantedDescriptions!.Value, result.GetValue(seed)) ?? await TaskReader.ReadAsync(context.Resolve(taskPaths[i]), cancellationToken);
                IEnumerable<EvaluationPool> libraries = result.GetValue(library) is { } size ? whole.Draw(size, result.GetValue(draws) ?? Draws, wanted, result.GetValue(seed)) : [whole];
                EvaluationPool[] searched = [.. libraries.Select(each => each.WithVectors(result.GetValue(dense), cancellationToken))];
                using EmbeddedEvaluation? model = choice.Named is { } profile ? await EmbeddedEvaluation.MakeAsync(context, choice, profile, whole, wanted, cancellationToken) : null;
                IReadOnlyList<RankingRecipe> recipes = Recipes(searched[0], result.GetValue(views), heldOut is not null);
                RerankedPool? reranked = reranker is null ? null : await RerankAsync(context, reranker, searched, recipes[^1], trained, wanted, cancellationToken);
                reports.Add(new EvalReport(names[i], RetrievalReport.Of(
                    searched, wanted, recipes, result.GetValue(seed), cancellationToken,
                    model?.Pool, model is null ? null : ModelRecipes.Of(whole, model.Embeddings.Profile.Name), trained, reranked)));
            }

            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, reports, cancellationToken);
            else
                new EvalScreen(context.Terminal.Output).Show(reports);
            return ExitCodes.Succeeded;
        }
    }

    private static async Task<RerankedPool> RerankAsync(
        CliContext context, OpenReranker reranker, EvaluationPool[] searched, RankingRecipe recipe, SkillRanker? ranker, IReadOnlyList<EvaluationTask> tasks, CancellationToken cancellationToken)
    {
        using var progress = new SkillsProgress(context.Terminal.Error);
        return await RerankedPool.MakeAsync(reranker.Profile.Name, searched, recipe, ranker, reranker.Over([searched[0].Source!]), tasks, progress, cancellationToken);
    }

    private static Option<int?> Count(string name, string help, string description, int most)
    {
        var option = new Option<int?>(name) { HelpName = help, Description = description };
        option.Require(count => count is null || (count >= 1 && count <= most), string.Create(CultureInfo.InvariantCulture, $"{name} is a whole number from 1 to {most:N0}."));
        return option;
    }

    private static Option<string?> Views()
    {
        var option = new Option<string?>("--views") { HelpName = "VIEWS", Description = $"Measure one recipe only: '{NameAndDescription}', or '{All}' that is used. By default every step between them." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } views && views is not (NameAndDescription or All))
                result.AddError($"--views is '{NameAndDescription}' or '{All}', not '{views}'.");
        });
        return option;
    }

    // bodies alone have no names that could be searched
    private static IReadOnlyList<RankingRecipe> Recipes(EvaluationPool pool, string? views, bool byBodies) => views switch
    {
        NameAndDescription => [pool.Ladder[0]],
        All => [pool.Ladder[^1]],
        _ => [.. pool.Ladder.Skip(byBodies ? 1 : 0)],
    };
}
