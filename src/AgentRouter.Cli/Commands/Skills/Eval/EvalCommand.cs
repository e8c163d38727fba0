using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Evaluation;
using AgentRouter.Skills.Ranking;

namespace AgentRouter.Cli.Commands.Skills.Eval;

/// <summary><c>agentrouter skills eval</c>.</summary>
internal static class EvalCommand
{
    private const string NameAndDescription = "name,description";
    private const string All = "all";

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var pools = new Option<string[]>("--pool") { HelpName = "PATH", Description = "What is searched: JSON Lines, plain or .gz, a folder of them, or a folder of skills. Several are measured one by one, each with its tasks.", Required = true, AllowMultipleArgumentsPerToken = true };
        var tasks = new Option<string[]>("--tasks") { HelpName = "FILE", Description = "Tasks with the ids of what they need: JSON Lines, plain or .gz; one file for each pool.", Required = true, AllowMultipleArgumentsPerToken = true };
        Option<string?> views = Views();
        Option<DenseMode> dense = SkillLibrary.Dense();
        Option<int> seed = OutcomeOptions.Seed();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("eval", "Measures how well skills, or the tools of a catalogue, are found for tasks.")
        {
            Examples =
            [
                new Example("skills eval --pool pool/ --tasks tasks.jsonl", "From names and descriptions alone, step by step to the recipe that is used."),
                new Example("skills eval --pool tools.jsonl.gz --tasks queries.jsonl.gz --views all --json", "Only the recipe that is used, for programs."),
            ],
        };
        command.Add(pools);
        command.Add(tasks);
        command.Add(views);
        command.Add(dense);
        command.Add(seed);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            string[] poolPaths = result.GetRequiredValue(pools), taskPaths = result.GetRequiredValue(tasks);
            if (poolPaths.Length != taskPaths.Length)
                throw new UsageException($"There are {poolPaths.Length} pools and {taskPaths.Length} files of tasks. Name one file of tasks for each pool, in the same order.");
            IReadOnlyList<string> names = PoolNames.Of(poolPaths);
            var reports = new List<EvalReport>();
            for (int i = 0; i < poolPaths.Length; i++)
            {
                EvaluationPool pool = (await EvaluationPool.ReadAsync(context.Resolve(poolPaths[i]), cancellationToken)).WithVectors(result.GetValue(dense), cancellationToken);
                IReadOnlyList<EvaluationTask> wanted = await TaskReader.ReadAsync(context.Resolve(taskPaths[i]), cancellationToken);
                reports.Add(new EvalReport(names[i], RetrievalReport.Of(pool, wanted, Recipes(pool, result.GetValue(views)), result.GetValue(seed), cancellationToken)));
            }

            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, reports, cancellationToken);
            else
                new EvalScreen(context.Terminal.Output).Show(reports);
            return ExitCodes.Succeeded;
        });
        return command;
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

    private static IReadOnlyList<RankingRecipe> Recipes(EvaluationPool pool, string? views) => views switch
    {
        NameAndDescription => [pool.Ladder[0]],
        All => [pool.Ladder[^1]],
        _ => pool.Ladder,
    };
}
