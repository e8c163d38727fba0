using System.CommandLine;
using AgentRouter.Budgets;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Configuration;
using AgentRouter.Workflows.Runs.Sqlite;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Cli.Commands.Accounts;

/// <summary><c>agentrouter accounts</c>.</summary>
internal static class AccountsCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<string?> store = SharedOptions.Store();
        Option<string?> configuration = SharedOptions.Configuration();
        var json = new Option<bool>("--json") { Description = "One JSON object a line, for programs." };
        var command = new CliCommand("accounts", "Shows the budgets above runs: what is spent, held for runs that go on, and left.")
        {
            Examples =
            [
                new Example("accounts", "The accounts of the nearest agentrouter.yaml."),
                new Example("accounts --json", "The same, for programs."),
            ],
            Notes = ["Accounts stand in agentrouter.yaml, and what they have spent in the store: another store counts anew. Days and months are those of UTC."],
        };
        foreach (Option option in (Option[])[store, configuration, json])
            command.Add(option);
        command.SetAction((result, cancellationToken) =>
            ShowAsync(context, result.GetValue(configuration), result.GetValue(store), result.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(CliContext context, string? configurationFile, string? named, bool json, CancellationToken cancellationToken)
    {
        RouterConfiguration configuration = ConfigurationFile.Read(context, configurationFile, context.CurrentFolder)?.Definition
            ?? throw new UsageException($"There is no {ConfigurationLoader.FileName} here or above, so there are no accounts. Name one with --config.");
        string folder = RunsFolder.Find(context, named, configuration);
        using SqliteRunStore store = RunsFolder.Open(context, folder);
        DateTimeOffset now = context.TimeProvider.GetUtcNow();
        var rows = new List<AccountRow>();
        foreach (SpendingAccount account in configuration.Accounts.Values)
            rows.Add(new AccountRow(account, await store.Accounts.BalanceAsync(account, cancellationToken), account.RenewsAfter(now)));
        if (json)
            await context.Terminal.Lines.WriteAsync(string.Concat(rows.Select(row => AccountJson.Of(row) + "\n")).AsMemory(), cancellationToken);
        else
            new AccountsScreen(context.Terminal.Output).Show(rows, configuration, folder);
        return ExitCodes.Succeeded;
    }
}
