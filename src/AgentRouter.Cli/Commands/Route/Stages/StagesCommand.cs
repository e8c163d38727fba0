using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Routing.Evaluation.Stages;
using AgentRouter.Routing.Policies.Bandit;

namespace AgentRouter.Cli.Commands.Route.Stages;

/// <summary><c>agentrouter route stages</c>.</summary>
internal static class StagesCommand
{
    private const int DefaultFolds = 5;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var data = new Option<string>("--data") { HelpName = "FILE", Description = "A table of runs in stages: JSON Lines, plain or .gz; docs/benchmarks.md gives the format.", Required = true };
        Option<int> folds = OutcomeOptions.Count("--folds", "The number of folds of repetitions", DefaultFolds, 2, 100);
        Option<decimal> value = OutcomeOptions.SuccessValue(BanditDefaults.SuccessValueUsd);
        Option<int> seed = OutcomeOptions.Seed();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("stages", "Chooses a model for each stage of each kind of task, and measures the choice on other repetitions.")
        {
            Examples = [new Example("route stages --data runs.jsonl", "The chosen arm of each group beside the dearest, the cheapest and the best for all.")],
        };
        command.Add(data);
        command.Add(folds);
        command.Add(value);
        command.Add(seed);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            List<StageRun> runs = await StageRunReader.ReadAsync(context.Resolve(result.GetRequiredValue(data)), cancellationToken);
            StageFigures figures = StageEvaluation.Run(runs, result.GetValue(folds), (double)result.GetValue(value), result.GetValue(seed));
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, figures, cancellationToken);
            else
                new StagesScreen(context.Terminal.Output).Show(figures);
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
