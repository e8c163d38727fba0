using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Routing.Evaluation.Steps;
using AgentRouter.Routing.Evaluation.Switching;
using AgentRouter.Routing.Evaluation.Trajectories;

namespace AgentRouter.Cli.Commands.Route.Steps;

/// <summary><c>agentrouter route steps</c>.</summary>
internal static class StepsCommand
{
    private const int DefaultFolds = 5;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<string[]> data = TrajectoryOptions.Data();
        var models = new ReplayModelOptions(withCaches: false);
        var configuration = new Option<string?>("--config") { HelpName = "NAME", Description = "Take only runs of this setting, where the file has several." };
        var folds = new Option<int>("--folds") { HelpName = "N", Description = $"The folds of the cross-validation; the default is {DefaultFolds}.", DefaultValueFactory = _ => DefaultFolds };
        Option<int> seed = OutcomeOptions.Seed();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("steps", "Says what can be told in the middle of a run, and whether starting again with the dear model pays.")
        {
            Examples = [new Example("route steps --data runs.jsonl --weak gpt-5-mini --strong gpt-5", "How soon a failing run shows, and what restarts on that bring.")],
        };
        command.Add(data);
        models.AddTo(command);
        command.Add(configuration);
        command.Add(folds);
        command.Add(seed);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            SwitchPair pair = models.Read(context, result);
            IReadOnlyList<RecordedRun> runs = await RecordedRunReader.LoadAsync(result.GetRequiredValue(data).Select(context.Resolve), cancellationToken);
            IReadOnlyList<RunPair> pairs = RunPair.Of(runs, pair, result.GetValue(configuration));
            var report = StepsReport.Of(pairs, result.GetValue(folds), result.GetValue(seed), cancellationToken);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, report, cancellationToken);
            else
                new StepsScreen(context.Terminal.Output).Show(report);
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
