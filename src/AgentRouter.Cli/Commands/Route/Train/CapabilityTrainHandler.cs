using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Capability;
using AgentRouter.Routing.Policies.Capability.Model;
using AgentRouter.Routing.Policies.Capability.Training;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>Trains the requirements of a capability policy.</summary>
internal sealed class CapabilityTrainHandler(CliContext context, TrainOptions options, ParseResult result)
{
    /// <summary>Trains, saves what is worth it, and shows what came of it.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        string[] paths = result.GetRequiredValue(options.From);
        IReadOnlyDictionary<string, ModelStrengths> strengths = Strengths();
        OutcomeTable table = await TrainingData.LoadAsync(paths.Select(context.Resolve), cancellationToken);
        LeftOutRows.Tell(context.Terminal.Error, table, options.Models(result) is { Length: > 0 } ladder ? ladder : table.Models);
        CapabilityTrained trained = CapabilityTraining.Train(table, new CapabilityTrainingRequest
        {
            Files = paths,
            Ladder = options.Models(result),
            Costs = options.Costs(result),
            Strengths = strengths,
            Folds = result.GetValue(options.Folds),
            Seed = result.GetValue(options.Seed),
            Description = result.GetRequiredValue(options.Description),
        }, cancellationToken);
        bool isWorthIt = trained.BeatsBaselines && trained.Rows >= CapabilityTraining.LeastRows;
        string? file = isWorthIt || result.GetValue(options.Force) ? options.File(result) : null;
        if (file is not null)
            PolicyFile.Save(context.Resolve(file), CapabilityDefaults.Name, trained.Card, writer => CapabilityModelJson.Write(writer, trained.Model));
        if (result.GetValue(options.Json))
            await FiguresJson.WriteAsync(context.Terminal.Lines, new { trained.Rows, trained.Model.Tau, trained.CostUnit, trained.Figures, trained.Singles, Saved = file }, cancellationToken);
        else
            new CapabilityTrainScreen(context.Terminal.Output).Show(trained, file);
        return file is not null ? ExitCodes.Succeeded : ExitCodes.Failed;
    }

    private Dictionary<string, ModelStrengths> Strengths()
    {
        RouterConfiguration? configuration = ConfigurationFile.Read(context, result.GetValue(options.Configuration), context.CurrentFolder)?.Definition;
        return configuration?.Models.ToDictionary(model => model.Name, model => model.Strengths) ?? [];
    }
}
