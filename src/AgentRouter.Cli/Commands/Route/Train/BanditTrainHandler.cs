using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Bandit;
using AgentRouter.Routing.Policies.Bandit.Training;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>Warms a bandit up: writes the state that it starts from.</summary>
internal sealed class BanditTrainHandler(CliContext context, TrainOptions options, ParseResult result)
{
    /// <summary>Measures the warm-up, saves what is worth it, and shows what came of it.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        OutcomeTable table = await TrainingData.LoadAsync(result.GetRequiredValue(options.From).Select(context.Resolve), cancellationToken);
        BanditTrained trained = BanditTraining.Train(table, new BanditTrainingRequest
        {
            Models = options.Models(result),
            Costs = options.Costs(result),
            SuccessValueUsd = result.GetValue(options.SuccessValue),
            Folds = result.GetValue(options.Folds),
            Seed = result.GetValue(options.Seed),
        }, cancellationToken);
        string? file = trained.BeatsBaselines || result.GetValue(options.Force) ? options.File(result) : null;
        if (file is not null)
            BanditStateFile.Open(context.Resolve(file)).Write(trained.Steps);
        if (result.GetValue(options.Json))
            await FiguresJson.WriteAsync(context.Terminal.Lines, new { trained.Rows, trained.Measured, Outcomes = trained.Steps.Count, trained.Figures, Saved = file }, cancellationToken);
        else
            new BanditTrainScreen(context.Terminal.Output).Show(trained, file);
        return file is not null ? ExitCodes.Succeeded : ExitCodes.Failed;
    }
}
