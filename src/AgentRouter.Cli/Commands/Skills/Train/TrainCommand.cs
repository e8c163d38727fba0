using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Evaluation;
using AgentRouter.Skills.Rankers;
using AgentRouter.Skills.Rankers.Training;

namespace AgentRouter.Cli.Commands.Skills.Train;

/// <summary><c>agentrouter skills train</c>.</summary>
internal static class TrainCommand
{
    private const int Folds = 5;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var pool = new Option<string>("--pool") { HelpName = "PATH", Description = "What is searched: JSON Lines, plain or .gz, a folder of them, or a folder of skills.", Required = true };
        var tasks = new Option<string>("--tasks") { HelpName = "FILE", Description = "Tasks of your own with the ids of what they need: JSON Lines, plain or .gz.", Required = true };
        var output = new Option<string?>("--out") { HelpName = "FILE", Description = "Where the ranker is saved." };
        Option<DenseMode> dense = SkillLibrary.Dense();
        Option<int> folds = OutcomeOptions.Count("--folds", "How many parts the tasks are divided into to be measured", Folds, 2, 100);
        Option<int> seed = OutcomeOptions.Seed();
        var force = new Option<bool>("--force") { Description = "Save the ranker even where it is not told apart from chance." };
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("train", "Learns from tasks of your own how skills, or tools, are best ordered; measures it on tasks that it has not seen, and saves it when it is better.")
        {
            Examples =
            [
                new Example("skills train --pool skills/ --tasks tasks.jsonl --out ranker.json", "Then: skills search \"…\" --ranker ranker.json"),
                new Example("skills train --pool tools.jsonl.gz --tasks queries.jsonl.gz", "Only measure it."),
            ],
            Notes = ["A task is one line: {\"query\": \"what is asked\", \"gold\": [\"id of a skill that it needs\"]}. The same tasks and seed give the same file, which people can read."],
        };
        foreach (Option option in (Option[])[pool, tasks, output, dense, folds, seed, force, json])
            command.Add(option);
        command.SetAction(async (result, cancellationToken) =>
        {
            string poolPath = result.GetRequiredValue(pool), taskPath = result.GetRequiredValue(tasks);
            string? wanted = result.GetValue(output), file = wanted is null ? null : OutputFile.Check(context, wanted, poolPath, taskPath);
            if (file is not null)
                OutputFile.RequireFormat(file, wanted!, RankerFile.FormatName);
            EvaluationPool read = (await EvaluationPool.ReadAsync(context.Resolve(poolPath), cancellationToken)).WithVectors(result.GetValue(dense), cancellationToken);
            RankerTrained trained = RankerTraining.Train(
                read.Index.WithRecipe(read.Ladder[^1]), await TaskReader.ReadAsync(context.Resolve(taskPath), cancellationToken), result.GetValue(folds), result.GetValue(seed), cancellationToken);
            bool isSaved = file is not null && (trained.IsBetter || result.GetValue(force));
            if (isSaved)
                RankerFile.Write(file!, trained.Weights, Card(trained, poolPath, result.GetValue(seed)));
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, new { trained, Saved = isSaved ? wanted : null }, cancellationToken);
            else
                new TrainScreen(context.Terminal.Output).Show(trained, wanted, isSaved);
            return file is null || isSaved ? ExitCodes.Succeeded : ExitCodes.Failed;
        });
        return command;
    }

    private static RankerCard Card(RankerTrained trained, string pool, int seed) => new(
        pool, trained.Tasks, seed, trained.Pull,
        new RankerGain(Math.Round(trained.Recipe.Mrr10.Mean, 4), Math.Round(trained.Ranker.Mrr10.Mean, 4), Math.Round(trained.Mrr10Gain.Interval.Low, 4), Math.Round(trained.Mrr10Gain.Interval.High, 4)));
}
