using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Cli.Commands.Route.Ceiling;

/// <summary><c>agentrouter route ceiling</c>.</summary>
internal static class CeilingCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<string[]> data = OutcomeOptions.Data();
        Option<string?> weak = OutcomeOptions.Weak();
        Option<string?> strong = OutcomeOptions.Strong();
        Option<int> seed = OutcomeOptions.Seed();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("ceiling", "Says before any training how much a router could gain at best.")
        {
            Examples = [new Example("route ceiling --data outcomes.jsonl", "What no model solves, what a perfect router reaches, how often it needs the strong model.")],
        };
        command.Add(data);
        command.Add(weak);
        command.Add(strong);
        command.Add(seed);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            OutcomeTable table = await OutcomeTable.LoadAsync(result.GetRequiredValue(data).Select(context.Resolve), cancellationToken);
            LeftOutRows.Tell(context.Terminal.Error, table, table.Models);
            var ceiling = Routing.Evaluation.Ceiling.Of(table, result.GetValue(weak), result.GetValue(strong), result.GetValue(seed));
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, ceiling, cancellationToken);
            else
                new CeilingScreen(context.Terminal.Output).Show(ceiling);
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
