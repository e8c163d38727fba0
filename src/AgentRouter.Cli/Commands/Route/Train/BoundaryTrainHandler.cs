using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Routing.Policies.Boundary.Training;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>Trains a boundary policy.</summary>
internal sealed class BoundaryTrainHandler(CliContext context, TrainOptions options, ParseResult result)
{
    /// <summary>Trains, saves what is worth it, and shows what came of it.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        string[] paths = result.GetRequiredValue(options.From);
        OutcomeTable table = await TrainingData.LoadAsync(paths.Select(context.Resolve), cancellationToken);
        LeftOutRows.Tell(context.Terminal.Error, table, options.Models(result) is { Length: > 0 } ladder ? ladder : table.Models);
        BoundaryTrained trained = BoundaryTraining.Train(table, new BoundaryTrainingRequest
        {
            Files = paths,
            Ladder = options.Models(result),
            Costs = options.Costs(result),
            IsVerified = result.GetValue(options.Verified),
            ByRisk = result.GetRequiredValue(options.Classes) switch { "risk" => true, "groups" => false, _ => null },
            Folds = result.GetValue(options.Folds),
            Seed = result.GetValue(options.Seed),
            Description = result.GetRequiredValue(options.Description),
        }, cancellationToken);
        string? file = trained.Verdict.IsWorthIt || result.GetValue(options.Force) ? options.File(result) : null;
        if (file is not null)
            PolicyFile.Save(context.Resolve(file), BoundaryDefaults.Name, trained.Card, writer => BoundaryModelJson.Write(writer, trained.Model));
        if (result.GetValue(options.Json))
            await FiguresJson.WriteAsync(context.Terminal.Lines, new { trained.Tasks, trained.Rows, trained.Taxonomy, trained.Figures, trained.Verdict.Rule, Against = trained.Verdict.Against?.Policy, Saved = file }, cancellationToken);
        else
            new BoundaryTrainScreen(context.Terminal.Output).Show(trained, file);
        return file is not null ? ExitCodes.Succeeded : ExitCodes.Failed;
    }
}
