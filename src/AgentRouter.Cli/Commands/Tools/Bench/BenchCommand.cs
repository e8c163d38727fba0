using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Commands.Tools.Bench.Measuring;
using AgentRouter.Cli.Commands.Tools.Bench.Scenarios;
using AgentRouter.Suggestions;

namespace AgentRouter.Cli.Commands.Tools.Bench;

/// <summary><c>agentrouter tools bench</c>.</summary>
internal static class BenchCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<string?> scenario = ScenarioOption();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("bench", "Lets services die in 38 published scenarios, and shows what healing, a ReAct loop and a static workflow make of it.")
        {
            Examples =
            [
                new Example("tools bench", "Both sets of 19 scenarios with their totals. Nothing is contacted or spent."),
                new Example("tools bench --scenario S5", "The calls, the events and the effects of one scenario."),
            ],
        };
        command.Add(scenario);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) => result.GetValue(scenario) is { } id
            ? await OneAsync(context, id, result.GetValue(json), cancellationToken)
            : await AllAsync(context, result.GetValue(json), cancellationToken));
        return command;
    }

    private static IEnumerable<Scenario> Known => ScenarioSet.All.SelectMany(set => set.Scenarios);

    private static Option<string?> ScenarioOption()
    {
        var option = new Option<string?>("--scenario") { HelpName = "ID", Description = "Show one scenario: the calls, the events and the effects of each system." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } id && Find(id) is null)
                result.AddError($"There is no scenario '{id}'. {Meant(id)}");
        });
        return option;
    }

    // sixteen of 38 ids would not show what there is
    private static string Meant(string id) => Suggestion.Nearest(id, Known.Select(known => known.Id)) is { } meant
        ? $"Did you mean '{meant}'?"
        : $"There is: {string.Join(", ", Known.GroupBy(known => known.Id.TrimEnd([.. "0123456789"])).Select(group => $"{group.First().Id} to {group.Last().Id}"))}.";

    private static Scenario? Find(string id) => Known.FirstOrDefault(scenario => scenario.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    private static async Task<int> OneAsync(CliContext context, string id, bool json, CancellationToken cancellationToken)
    {
        ScenarioReport report = await ScenarioBenchmark.RunAsync(Find(id)!, cancellationToken);
        if (json)
            await FiguresJson.WriteAsync(context.Terminal.Lines, report, cancellationToken);
        else
            new ScenarioScreen(context.Terminal.Output).Show(report);
        return ExitCodes.Succeeded;
    }

    private static async Task<int> AllAsync(CliContext context, bool json, CancellationToken cancellationToken)
    {
        var reports = new List<SetReport>();
        foreach (ScenarioSet set in ScenarioSet.All)
            reports.Add(await ScenarioBenchmark.RunAsync(set, cancellationToken));
        if (json)
            await FiguresJson.WriteAsync(context.Terminal.Lines, reports, cancellationToken);
        else
            new BenchScreen(context.Terminal.Output).Show(reports);
        return ExitCodes.Succeeded;
    }
}
