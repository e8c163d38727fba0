using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Runs.Export;

/// <summary><c>agentrouter runs export</c>.</summary>
internal static class ExportCommand
{
    private const int ShownWorkflows = 10;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var workflow = new Option<string?>("--workflow") { HelpName = "NAME", Description = "The workflow whose runs are written; needed where runs of several are recorded." };
        var output = new Option<string?>("--out") { HelpName = "FILE", Description = "Where to write the table. By default it is printed." };
        Option<string?> store = SharedOptions.Store();
        var command = new CliCommand("export", "Writes what came of the recorded runs as an outcome table: a row for each visit of a node, with each model that was seen to take it.")
        {
            Examples = [new Example("runs export --workflow fix-failing-test --out outcomes.jsonl", "The table that 'route train' and 'route eval' read.")],
        };
        command.Add(workflow);
        command.Add(output);
        command.Add(store);
        command.SetAction((result, cancellationToken) => ExportAsync(context, result.GetValue(workflow), result.GetValue(output), result.GetValue(store), cancellationToken));
        return command;
    }

    private static async Task<int> ExportAsync(CliContext context, string? workflow, string? output, string? runsFolder, CancellationToken cancellationToken)
    {
        string? file = output is null ? null : OutputFile.Check(context, output);
        string folder = RunsFolder.FindHere(context, runsFolder);
        using SqliteRunStore store = RunsFolder.Open(context, folder);
        RunOutcomes outcomes = await CollectAsync(store, workflow, cancellationToken);
        IReadOnlyList<OutcomeRow> rows = outcomes.Rows();
        if (rows.Count == 0)
            throw new UsageException($"There is nothing to export: no finished run{(workflow is null ? "" : $" of '{workflow}'")} with model calls is recorded in {folder}.");
        string table = string.Concat(rows.Select(row => OutcomeTableWriter.Line(row) + "\n"));
        if (file is null)
        {
            await context.Terminal.Lines.WriteAsync(table.AsMemory(), cancellationToken);
            return ExitCodes.Succeeded;
        }

        await RequireKnownAsync(file, output!, rows, cancellationToken);
        await File.WriteAllTextAsync(file, table, cancellationToken);
        context.Terminal.Output.Write(new Text($"{Numbers.Of(rows.Count, "row")} of {Numbers.Of(outcomes.Runs, "run")} in {output}.\n"));
        return ExitCodes.Succeeded;
    }

    // the table of an earlier export is replaced, what other commands have gathered is not
    private static async Task RequireKnownAsync(string file, string output, IReadOnlyList<OutcomeRow> rows, CancellationToken cancellationToken)
    {
        if (!File.Exists(file) || new FileInfo(file).Length == 0)
            return;
        OutcomeTable there = await OutcomeTable.LoadAsync([file], cancellationToken);
        HashSet<string> ids = [.. rows.Select(row => row.Id)];
        int lost = there.Rows.Count(row => !ids.Contains(row.Id));
        if (lost > 0)
            throw new UsageException($"--out {output} holds {Numbers.Of(lost, "row")} that are not in these runs and would be lost. Name another file, or delete it.");
    }

    private static async Task<RunOutcomes> CollectAsync(SqliteRunStore store, string? workflow, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var workflows = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (RunSummary run in store.ListAsync(cancellationToken))
        {
            if (workflow is not null && run.Workflow != workflow)
                continue;
            ids.Add(run.RunId);
            workflows.Add(run.Workflow ?? "");
        }

        // nodes of one name in two workflows are not one kind of step
        if (workflows.Count > 1)
            throw new UsageException($"There are runs of {workflows.Count} workflows. Name one with --workflow: {string.Join(", ", workflows.Take(ShownWorkflows))}{(workflows.Count > ShownWorkflows ? ", …" : "")}.");

        var outcomes = new RunOutcomes();
        // listed the latest first, told the earliest first
        foreach (string id in Enumerable.Reverse(ids))
            await outcomes.AddAsync(store.ReadAsync(id, cancellationToken), cancellationToken: cancellationToken);

        return outcomes;
    }
}
