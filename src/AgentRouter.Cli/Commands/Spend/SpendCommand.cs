using System.CommandLine;
using System.Globalization;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Commands.Spend;

/// <summary><c>agentrouter spend</c>.</summary>
internal static class SpendCommand
{
    private static readonly Dictionary<string, SpendBy> Kinds = new(StringComparer.Ordinal)
    {
        ["workflow"] = SpendBy.Workflow,
        ["agent"] = SpendBy.Agent,
        ["model"] = SpendBy.Model,
        ["node"] = SpendBy.Node,
        ["day"] = SpendBy.Day,
    };

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var by = new Option<string>("--by") { HelpName = "KIND", Description = $"By what to sum up: {string.Join(", ", Kinds.Keys)}. The default is workflow.", DefaultValueFactory = _ => "workflow" };
        by.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var since = new Option<string?>("--since") { HelpName = "DATE", Description = "The first day, in UTC, as 2026-11-22." };
        since.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && Day(text) is null)
                result.AddError($"--since takes a day, as in 2026-11-22; '{text}' is none.");
        });
        var json = new Option<bool>("--json") { Description = "One JSON object a line, for programs." };
        Option<string?> store = SharedOptions.Store();
        var command = new CliCommand("spend", "Sums up what the recorded runs have spent.")
        {
            Examples =
            [
                new Example("spend --by model", "The money, tokens and calls of each model."),
                new Example("spend --by day --since 2026-11-01 --json", "Each day since then, for programs."),
            ],
        };
        command.Add(by);
        command.Add(since);
        command.Add(json);
        command.Add(store);
        command.SetAction((result, cancellationToken) => SpendAsync(
            context, result.GetRequiredValue(by), Day(result.GetValue(since)), result.GetValue(json), result.GetValue(store), cancellationToken));
        return command;
    }

    private static async Task<int> SpendAsync(CliContext context, string by, DateOnly? since, bool json, string? named, CancellationToken cancellationToken)
    {
        string folder = RunsFolder.FindHere(context, named);
        using SqliteRunStore store = RunsFolder.Open(context, folder);
        IReadOnlyList<SpendRow> rows = await store.SpendAsync(Kinds[by], since, cancellationToken: cancellationToken);
        if (json)
            await context.Terminal.Lines.WriteAsync(string.Concat(rows.Select(row => SpendJson.Of(row) + "\n")).AsMemory(), cancellationToken);
        else
            new SpendScreen(context.Terminal.Output).Show(by, rows, folder);
        return ExitCodes.Succeeded;
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
}
