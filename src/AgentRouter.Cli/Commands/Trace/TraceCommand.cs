using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Commands.Trace;

/// <summary><c>agentrouter trace RUN</c>.</summary>
internal static class TraceCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Argument<string> run = SharedOptions.Run();
        Option<string?> store = SharedOptions.Store();
        var json = new Option<bool>("--json") { Description = "Print the record as it is: one JSON event a line." };
        var command = new CliCommand("trace", "Shows what happened in a run: each decision with its candidates and its reason, the money before and after, tool calls and failures.")
        {
            Examples =
            [
                new Example("trace last", "The latest run."),
                new Example("trace 20261122-153047 --json", "The events of a run, for programs."),
            ],
        };
        command.Add(run);
        command.Add(store);
        command.Add(json);
        command.SetAction((result, cancellationToken) =>
            TraceAsync(context, result.GetRequiredValue(run), result.GetValue(store), result.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> TraceAsync(CliContext context, string name, string? runsFolder, bool json, CancellationToken cancellationToken)
    {
        string folder = RunsFolder.FindHere(context, runsFolder);
        using SqliteRunStore store = RunsFolder.Open(context, folder);
        string runId = await RunLookup.FindAsync(store, folder, name, cancellationToken);
        var trace = new TraceModel();
        await foreach (RunEvent runEvent in store.ReadAsync(runId, cancellationToken))
        {
            if (json)
                await context.Terminal.Lines.WriteAsync((RunEventJson.Serialize(runEvent) + "\n").AsMemory(), cancellationToken);
            else
                trace.Add(runEvent);
        }

        if (!json)
            new TraceScreen(context.Terminal.Output).Show(RunCommandLines.For(context, runId, folder), trace);
        return ExitCodes.Succeeded;
    }
}
