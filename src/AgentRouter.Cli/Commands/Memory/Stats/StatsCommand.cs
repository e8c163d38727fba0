using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Memory;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Cli.Commands.Memory.Stats;

/// <summary><c>agentrouter memory stats</c>.</summary>
internal static class StatsCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<MemoryScope?> scope = MemoryOptions.ScopeOrNone("By default all are listed.");
        Option<string?> store = MemoryOptions.Store();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("stats", "Counts what is remembered: of all scopes, or of one, by kind.")
        {
            Examples =
            [
                new Example("memory stats", "All scopes of the store."),
                new Example("memory stats --scope user:anna", "Nodes and edges of one, by kind."),
            ],
        };
        command.Add(scope);
        command.Add(store);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            await using OpenMemory memory = OpenMemory.Open(context, result.GetValue(store));
            MemoryScope? named = result.GetValue(scope);
            if (named is not null)
                await memory.RequireAsync([named], cancellationToken);
            var counted = new List<CountedScope>();
            foreach (MemoryScope each in named is null ? await memory.Graph.ListAsync(cancellationToken) : [named])
            {
                // erased meanwhile
                if (await memory.Graph.StatisticsAsync(each, cancellationToken) is { } statistics)
                    counted.Add(new CountedScope(each.ToString(), statistics));
            }

            var screen = new StatsScreen(context.Terminal.Output);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, counted, cancellationToken);
            else if (named is not null && counted is [var one])
                screen.Show(one);
            else
                screen.Show(context.Shorten(memory.Folder), counted);
            return ExitCodes.Succeeded;
        });
        return command;
    }
}

/// <summary>A scope with its counts.</summary>
internal sealed record CountedScope(string Scope, MemoryStatistics Statistics);
