using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Memory;
using AgentRouter.Memory.Exploration;
using AgentRouter.Memory.Graph;

namespace AgentRouter.Cli.Commands.Memory.Paths;

/// <summary><c>agentrouter memory path FROM TO</c>.</summary>
internal static class PathCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var from = new Argument<string>("FROM") { Description = "A node: its number, its key, or the name of a concept." };
        var to = new Argument<string>("TO") { Description = "Another node." };
        Option<MemoryScope> scope = MemoryOptions.Scope();
        Option<string?> store = MemoryOptions.Store();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("path", "Finds the strongest path between two nodes of a memory: what one has to do with the other.")
        {
            Examples = [new Example("memory path \"Anna Fischer\" \"project Falcon\" --scope user:anna", "Over what was said of both, or of what links them.")],
            Notes = ["Edges are followed in both directions. One that leads through a node with many edges counts for less: two nodes that share it have little to do with each other."],
        };
        command.Add(from);
        command.Add(to);
        command.Add(scope);
        command.Add(store);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            MemoryScope of = result.GetRequiredValue(scope);
            await using OpenMemory memory = OpenMemory.Open(context, result.GetValue(store));
            await memory.RequireAsync([of], cancellationToken);
            MemoryNode begin = await memory.FindAsync(of, result.GetRequiredValue(from), cancellationToken);
            MemoryNode end = await memory.FindAsync(of, result.GetRequiredValue(to), cancellationToken);
            IReadOnlyList<MemoryPathStep> path = await memory.Graph.PathAsync(of, begin.Id, end.Id, cancellationToken);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, path, cancellationToken);
            else
                new PathScreen(context.Terminal.Output).Show(begin, end, path);
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
