using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Routing.Evaluation.Streaming;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Bandit;

namespace AgentRouter.Cli.Commands.Route.Stream;

/// <summary><c>agentrouter route stream</c>.</summary>
internal static class StreamCommand
{
    private const int MaxOrders = 1_000;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<string[]> data = OutcomeOptions.Data();
        var models = new Option<string[]>("--models") { HelpName = "M,M,…", Description = "The models to choose from; by default all of the table.", AllowMultipleArgumentsPerToken = true };
        var warm = OutcomeOptions.Count("--warm", "Tasks whose outcomes are all known before the stream begins, for the policies that can use them", 0, 0, int.MaxValue);
        var warmFrom = new Option<string?>("--warm-from") { HelpName = "FILE", Description = "Where those tasks come from; by default they are taken out of the stream." };
        Option<int> orders = OutcomeOptions.Count("--orders", "The number of random orders", StreamOptions.DefaultOrders, 1, MaxOrders);
        Option<decimal> value = OutcomeOptions.SuccessValue(BanditDefaults.SuccessValueUsd);
        Option<int> seed = OutcomeOptions.Seed();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("stream", "Measures policies that learn while they choose: one pass, only the chosen model's outcome is seen.")
        {
            Examples =
            [
                new Example("route stream --data outcomes.jsonl", "Cumulative regret of the bandit beside random, always one model, tables and the literature's bandits."),
                new Example("route stream --data outcomes.jsonl --warm 200", "The same, after 200 tasks that every model was tried on."),
            ],
        };
        command.Add(data);
        command.Add(models);
        command.Add(warm);
        command.Add(warmFrom);
        command.Add(orders);
        command.Add(value);
        command.Add(seed);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            OutcomeTable table = await OutcomeTable.LoadAsync(result.GetRequiredValue(data).Select(context.Resolve), cancellationToken);
            string[] chosen = result.GetValue(models) is { Length: > 0 } named ? Names(named) : [.. table.Models];
            LeftOutRows.Tell(context.Terminal.Error, table, chosen);
            OutcomeTable? before = result.GetValue(warmFrom) is { } file ? await OutcomeTable.LoadAsync([context.Resolve(file)], cancellationToken) : null;
            StreamFigures figures = StreamEvaluation.Run(table, before, new StreamOptions
            {
                Models = chosen,
                Orders = result.GetValue(orders),
                Seed = result.GetValue(seed),
                Warm = result.GetValue(warm),
                SuccessValueUsd = (double)result.GetValue(value),
            }, cancellationToken);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, figures, cancellationToken);
            else
                new StreamScreen(context.Terminal.Output).Show(figures);
            return ExitCodes.Succeeded;
        });
        return command;
    }

    private static string[] Names(string[] lists) =>
        [.. lists.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
}
