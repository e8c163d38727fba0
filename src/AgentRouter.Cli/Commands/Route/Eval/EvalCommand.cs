using System.CommandLine;
using AgentRouter.Cli.CommandLine;

namespace AgentRouter.Cli.Commands.Route.Eval;

/// <summary><c>agentrouter route eval</c>.</summary>
internal static class EvalCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var options = new EvalOptions();
        var command = new CliCommand("eval", "Measures trained routers on recorded outcomes, beside the baselines that are hard to beat.")
        {
            Examples =
            [
                new Example("route eval --data outcomes.jsonl --weak gpt-5-mini --strong gpt-5", "Two models: quality against the share of strong calls, by cross-validation."),
                new Example("route eval --data outcomes.jsonl --models a,b,c", "Many models: quality against price."),
                new Example("route eval --data february.jsonl --weak a --strong b --policy policy.json", "A policy file that was trained before, beside what this table would teach."),
                new Example("route eval --train january.jsonl --data february.jsonl --weak a --strong b", "Trained on one table, measured on another."),
            ],
            Notes = ["lr is a logistic regression on words, et extremely randomised trees on 54 features; boundary is what the boundary policy goes by: both where the group is known, else et."],
        };
        foreach (Option option in options.All)
            command.Add(option);
        command.SetAction(async (result, cancellationToken) =>
        {
            EvalReport report = await new EvalHandler(context, options, result).RunAsync(cancellationToken);
            if (result.GetValue(options.Json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, report, cancellationToken);
            else
                new EvalScreen(context.Terminal.Output, result.GetValue(options.Policy) ?? []).Show(report);
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
