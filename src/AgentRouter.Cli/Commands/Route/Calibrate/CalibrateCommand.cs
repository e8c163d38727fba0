using System.CommandLine;
using AgentRouter.Cli.CommandLine;

namespace AgentRouter.Cli.Commands.Route.Calibrate;

/// <summary><c>agentrouter route calibrate WORKFLOW</c>.</summary>
internal static class CalibrateCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var workflow = new Argument<string>("WORKFLOW") { Description = "The workflow." };
        var tasks = new Option<string>("--tasks") { HelpName = "FILE", Description = "The tasks, one a line: {\"id\": \"t1\", \"inputs\": {\"issue\": \"…\"}}. Paths in inputs start at the current folder.", Required = true };
        var budget = new Option<decimal>("--budget") { HelpName = "USD", Description = "The most all runs together may cost.", Required = true };
        budget.Require(usd => usd is > 0 and <= 1_000_000, "--budget takes an amount in US dollars above 0.");
        var output = new Option<string>("--out") { HelpName = "FILE", Description = "The outcome table; the default is outcomes.jsonl. Tasks that are in it already are not run again.", DefaultValueFactory = _ => "outcomes.jsonl" };
        var offline = new Option<bool>("--offline") { Description = "Let the workflow's script answer, even where providers are configured." };
        Option<string?> store = SharedOptions.Store();
        Option<string?> configuration = SharedOptions.Configuration();
        var command = new CliCommand("calibrate", "Runs a workflow's tasks with the cheapest and with the dearest model, within a budget, and writes what came of it as an outcome table.")
        {
            Examples = [new Example("route calibrate graphs/fix-failing-test.yaml --tasks tasks.jsonl --budget 5", "Then: route train --from outcomes.jsonl --out graphs/policy.json.")],
            Notes = ["A task the cheap model fails and the dear one solves is run once more, cheap first: that tells the steps that were hard from those that were not."],
        };
        command.Add(workflow);
        foreach (Option option in (Option[])[tasks, budget, output, offline, store, configuration])
            command.Add(option);
        command.SetAction((result, cancellationToken) => new CalibrateHandler(context).RunAsync(
            new CalibrateOptions(
                result.GetRequiredValue(workflow), result.GetRequiredValue(tasks), result.GetValue(budget), result.GetRequiredValue(output),
                result.GetValue(offline), result.GetValue(store), result.GetValue(configuration)),
            cancellationToken));
        return command;
    }
}

/// <summary>What was asked for.</summary>
internal sealed record CalibrateOptions(
    string Workflow, string Tasks, decimal BudgetUsd, string Output, bool IsOffline, string? RunsFolder, string? Configuration);
