using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Memory;

namespace AgentRouter.Cli.Commands.Memory.Learn;

/// <summary><c>agentrouter memory learn</c>.</summary>
internal static class LearnCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<MemoryScope> scope = MemoryOptions.Scope();
        Option<decimal?> budget = SharedOptions.Budget($"The most that it may cost; by default as 'budget' in agentrouter.yaml says, else {LearnHandler.DefaultUsd}.");
        var sources = new Option<string[]>("--source") { HelpName = "KEY", Description = "Learn from these sources only; by default from all.", DefaultValueFactory = _ => [] };
        Option<string?> account = SharedOptions.DrawnAccount();
        Option<string?> policy = SharedOptions.Policy("instead of what agentrouter.yaml says");
        var dry = new Option<bool>("--dry-run") { Description = "Say how much would be asked and what it may cost, and ask nothing." };
        Option<bool> json = OutcomeOptions.Json();
        Option<string?> store = MemoryOptions.Store();
        Option<string?> runs = SharedOptions.SpendingRecords();
        Option<string?> configuration = SharedOptions.Configuration();
        var command = new CliCommand("learn", "Learns facts, topics and what they mean together, with a model and under a budget. Every fact keeps the episodes that it comes from.")
        {
            Examples =
            [
                new Example("memory learn --scope project:shop --dry-run", "How much there is to ask, and what it may cost."),
                new Example("memory learn --scope project:shop --budget 0.05", "As much as five cents pay for; the same command goes on later."),
                new Example("memory learn --scope user:anna --source chat/2026-05-08.jsonl", "From one conversation."),
            ],
            Notes =
            [
                "Only what is new is asked about. Work that ends in the middle goes on with the same command; nothing that is written is paid for again.",
                "Exit code: 0 learned, 2 failed, 3 budget exceeded, 4 cancelled, 64 wrong usage or invalid file. 'agentrouter spend' counts what it cost.",
            ],
        };
        foreach (Option option in (Option[])[scope, budget, sources, account, policy, dry, json, store, runs, configuration])
            command.Add(option);
        command.SetAction((result, cancellationToken) => new LearnHandler(context).LearnAsync(
            new LearnOptions
            {
                Scope = result.GetRequiredValue(scope),
                Sources = result.GetValue(sources) ?? [],
                BudgetUsd = result.GetValue(budget),
                Account = result.GetValue(account),
                Policy = result.GetValue(policy),
                IsDry = result.GetValue(dry),
                IsJson = result.GetValue(json),
                Store = result.GetValue(store),
                RunsFolder = result.GetValue(runs),
                Configuration = result.GetValue(configuration),
            },
            cancellationToken));
        return command;
    }
}
