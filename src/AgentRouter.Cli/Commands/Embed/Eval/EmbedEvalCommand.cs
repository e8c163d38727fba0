using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Commands.Skills.Eval;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Skills.Evaluation;
using AgentRouter.Skills.Ranking;

namespace AgentRouter.Cli.Commands.Embed.Eval;

/// <summary><c>agentrouter embed eval</c>.</summary>
internal static class EmbedEvalCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var pool = new Option<string>("--pool") { HelpName = "PATH", Description = "What is searched: JSON Lines, plain or .gz, a folder of them, or a folder of skills.", Required = true };
        var tasks = new Option<string>("--tasks") { HelpName = "FILE", Description = "Tasks with the ids of what they need: JSON Lines, plain or .gz.", Required = true };
        Option<int> seed = OutcomeOptions.Seed();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("eval", "Measures how well the vectors of a model find skills or tools: alone, beside words alone, and both together.")
        {
            Examples = [new Example("embed eval --embeddings local --pool pool/ --tasks tasks.jsonl", "What a model brings, and how fast it is here.")],
            Notes = ["Tools are searched without vectors, so both together are measured for skills only."],
        };
        var embeddings = new EmbeddingChoice.Options(command, isRequired: true);
        command.Add(pool);
        command.Add(tasks);
        command.Add(seed);
        command.Add(json);
        var recorded = new RecordedEmbedding(command, "embed eval");
        command.SetAction((result, cancellationToken) =>
        {
            EmbeddingChoice choice = embeddings.Read(context, result);
            return recorded.RunAsync(context, result, choice, ["--pool", result.GetRequiredValue(pool), "--tasks", result.GetRequiredValue(tasks)], paid => EvaluateAsync(result, paid, cancellationToken), cancellationToken);
        });
        return command;

        async Task<int> EvaluateAsync(ParseResult result, EmbeddingChoice choice, CancellationToken cancellationToken)
        {
            EvaluationPool searched = await EvaluationPool.ReadAsync(context.Resolve(result.GetRequiredValue(pool)), heldOut: null, cancellationToken, withPassages: true);
            IReadOnlyList<EvaluationTask> wanted = await TaskReader.ReadAsync(context.Resolve(result.GetRequiredValue(tasks)), cancellationToken);
            EmbedReport report = await MeasureAsync(context, choice, searched, wanted, result.GetValue(seed), cancellationToken);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, report, cancellationToken);
            else
                new EmbedScreen(context.Terminal.Output).Show(report);
            return ExitCodes.Succeeded;
        }
    }

    private static async Task<EmbedReport> MeasureAsync(CliContext context, EmbeddingChoice choice, EvaluationPool pool, IReadOnlyList<EvaluationTask> tasks, int seed, CancellationToken cancellationToken)
    {
        using EmbeddedEvaluation model = await EmbeddedEvaluation.MakeAsync(context, choice, choice.Named!, pool, tasks, cancellationToken);
        RankingRecipe[] words = pool.HasTools
            ? [ToolRecipes.NameAndDescription with { Name = "BM25" }, ToolRecipes.Default with { Name = "words" }]
            : [SkillRecipes.WithBody with { Name = "BM25" }, SkillRecipes.Default with { Name = "words" }];
        OpenEmbeddings made = model.Embeddings;
        return new EmbedReport(
            made.Profile.Name, made.Profile.VectorName, made.Profile.Onnx is null ? null : made.Profile.Device ?? "auto", model.Pool.Index.VectorLength, made.Profile.Batch,
            made.Meter.Texts, made.Meter.Tokens, made.Meter.Time.TotalSeconds, made.Meter.TokensPerSecond, choice.Spent,
            RetrievalReport.Of([pool], tasks, words, seed, cancellationToken, model.Pool, ModelRecipes.Of(pool, made.Profile.Name)));
    }
}
