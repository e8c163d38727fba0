using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;

namespace AgentRouter.Cli.Commands.Run;

/// <summary><c>agentrouter run FILE</c>.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "The workflow." };
        var input = new Option<string[]>("--input", "-i")
        {
            HelpName = "NAME=VALUE",
            Description = "An input of the workflow; repeat it for more inputs, or for the items of a list.",
            DefaultValueFactory = _ => [],
        };
        Option<decimal?> budget = SharedOptions.Budget("The most the run may cost, instead of what the workflow says.");
        var account = new Option<string?>("--account") { HelpName = "NAME", Description = "The account of agentrouter.yaml that the run draws from; what it may cost is held there before it begins. By default as 'account' says." };
        Option<string?> policy = SharedOptions.Policy("instead of what the workflow says");
        var offline = new Option<bool>("--offline") { Description = "Let the workflow's script answer, even where providers are configured." };
        var json = new Option<bool>("--json") { Description = "Print one JSON event a line, and a summary as the last line. So it is too when output is redirected." };
        var inPlace = new Option<bool>("--in-place") { Description = "Work on the workspace itself. By default the run works on a copy." };
        Option<string?> store = SharedOptions.Store();
        Option<RunDurability?> durability = SharedOptions.Durability();
        Option<string?> configuration = SharedOptions.Configuration();
        var command = new CliCommand("run", "Runs a workflow under its budget.")
        {
            Examples =
            [
                new Example("run graphs/fix-failing-test.yaml", "Repair the sample project; without a provider, scripted models answer."),
                new Example("run graphs/fix-failing-test.yaml --input workspace=../shop --input issue=\"Totals are wrong\"", "Repair a copy of your own project."),
                new Example("run graphs/fix-failing-test.yaml --budget 0.05 --policy always-large", "Another budget, another policy."),
                new Example("run graphs/fix-failing-test.yaml --account anna", "Under what the account has left, too."),
                new Example("run graphs/fix-failing-test.yaml --json | tail -n 1", "The summary alone, for programs."),
            ],
            Notes =
            [
                "Exit code: 0 succeeded, 2 failed, 3 budget exceeded, 4 cancelled, 5 waiting for a person, 64 wrong usage or invalid file. "
                + "Ctrl-C once lets the run end in order; twice ends it at once. 'agentrouter resume' goes on with it either way.",
            ],
        };
        command.Add(file);
        foreach (Option option in (Option[])[input, budget, account, policy, offline, json, inPlace, store, durability, configuration])
            command.Add(option);
        command.SetAction((result, cancellationToken) => new RunHandler(context).RunAsync(
            new RunOptions
            {
                File = result.GetRequiredValue(file),
                Inputs = result.GetValue(input) ?? [],
                BudgetUsd = result.GetValue(budget),
                Account = result.GetValue(account),
                Policy = result.GetValue(policy),
                IsOffline = result.GetValue(offline),
                IsJson = result.GetValue(json),
                IsInPlace = result.GetValue(inPlace),
                RunsFolder = result.GetValue(store),
                Durability = result.GetValue(durability),
                Configuration = result.GetValue(configuration),
                IsVerbose = result.IsVerbose(),
            },
            cancellationToken));
        return command;
    }
}
