using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Cascade;
using AgentRouter.Routing.Policies.Cascade.Training;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>Writes the state that a cascade starts from.</summary>
internal sealed class CascadeTrainHandler(CliContext context, TrainOptions options, ParseResult result)
{
    /// <summary>Learns and measures, saves what is worth it, and shows what came of it.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        OutcomeTable table = await TrainingData.LoadAsync(result.GetRequiredValue(options.From).Select(context.Resolve), cancellationToken);
        CascadeTrained trained = CascadeTraining.Train(table, options.Models(result), options.Costs(result), result.GetValue(options.Folds), result.GetValue(options.Seed));
        bool isWorthIt = trained.BeatsBaseline && trained.Rows >= CascadeTraining.LeastRows;
        string? file = isWorthIt || result.GetValue(options.Force) ? options.File(result) : null;
        if (file is not null)
            CascadeStateFile.Open(context.Resolve(file)).Write(trained.Records);
        if (result.GetValue(options.Json))
            await FiguresJson.WriteAsync(context.Terminal.Lines, new { trained.Rows, trained.Rungs, trained.Gain, trained.GainInterval, Saved = file }, cancellationToken);
        else
            new CascadeTrainScreen(context.Terminal.Output).Show(trained, file);
        return file is not null ? ExitCodes.Succeeded : ExitCodes.Failed;
    }
}
