using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Routing.Evaluation.Twin;

namespace AgentRouter.Cli.Commands.Route.Twin;

/// <summary><c>agentrouter route twin</c>.</summary>
internal static class TwinCommand
{
    private const double DefaultCharactersPerToken = 4;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var bank = new Option<string>("--bank") { HelpName = "FILE", Description = "The question bank: JSON Lines, plain or .gz; docs/benchmarks.md gives the format.", Required = true };
        var predictions = new Option<string>("--predictions") { HelpName = "FILE", Description = "A line for each row: { \"id\": …, \"tier\": low, mid, mid_high, high, or null where the router failed }.", Required = true };
        var characters = new Option<double>("--characters-per-token") { HelpName = "N", Description = "How many characters count as a token; the default is 4.", DefaultValueFactory = _ => DefaultCharactersPerToken };
        characters.Require(number => number is >= 0.1 and <= 100, "--characters-per-token is a number from 0.1 to 100.");
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("twin", "Scores predicted tiers as TwinRouterBench's static score does.")
        {
            Examples = [new Example("route twin --bank bank.jsonl --predictions mine.jsonl", "Row pass, row exact, trajectory pass, failure-aware savings, combined.")],
        };
        command.Add(bank);
        command.Add(predictions);
        command.Add(characters);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            List<TwinRow> rows = await TwinFiles.ReadBankAsync(context.Resolve(result.GetRequiredValue(bank)), result.GetValue(characters), cancellationToken);
            Dictionary<string, int?> tiers = await TwinFiles.ReadPredictionsAsync(context.Resolve(result.GetRequiredValue(predictions)), rows, cancellationToken);
            TwinReport report = TwinScore.Of(rows, tiers);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, report, cancellationToken);
            else
                new TwinScreen(context.Terminal.Output).Show(report);
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
