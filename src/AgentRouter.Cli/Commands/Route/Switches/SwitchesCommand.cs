using System.CommandLine;
using System.Globalization;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation.Switching;
using AgentRouter.Routing.Evaluation.Trajectories;

namespace AgentRouter.Cli.Commands.Route.Switches;

/// <summary><c>agentrouter route switches</c>.</summary>
internal static class SwitchesCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<string[]> data = TrajectoryOptions.Data();
        var models = new ReplayModelOptions(withCaches: true);
        var recorded = new Option<string?>("--recorded") { HelpName = "MODEL", Description = "Replay only the runs that were recorded with this model." };
        var worth = new Option<string?>("--worth") { HelpName = "USD,…", Description = "What a wished strong step is worth; by default 0.5, 1, 2, 4 and 8 times what one costs above a weak one." };
        Option<int> seed = OutcomeOptions.Seed();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("switches", "Replays recorded runs with a price table: what does it cost to change models in the middle?")
        {
            Examples =
            [
                new Example("route switches --data runs.jsonl --weak claude-haiku-4-5 --strong claude-opus-5", "What plans of who takes which step cost, the prompt cache counted."),
            ],
        };
        command.Add(data);
        models.AddTo(command);
        command.Add(recorded);
        command.Add(worth);
        command.Add(seed);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            SwitchPair pair = models.Read(context, result);
            IReadOnlyList<Money>? worths = Worths(result.GetValue(worth));
            IReadOnlyList<RecordedRun> runs = await RecordedRunReader.LoadAsync(result.GetRequiredValue(data).Select(context.Resolve), cancellationToken);
            var report = SwitchReport.Of(runs, pair, result.GetValue(recorded), worths, result.GetValue(seed), cancellationToken);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, report, cancellationToken);
            else
                new SwitchesScreen(context.Terminal.Output).Show(report, pair);
            return ExitCodes.Succeeded;
        });
        return command;
    }

    private static List<Money>? Worths(string? text)
    {
        if (text is null)
            return null;
        var worths = new List<Money>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!decimal.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal usd) || usd > 1_000)
                throw new UsageException($"--worth is amounts of USD from 0 to 1,000 such as 0.01,0.05, not '{text}'.");
            worths.Add(Money.FromUsd(decimal.Round(usd, 9)));
        }

        return worths;
    }
}
