using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory;
using AgentRouter.Memory.Storage;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Export;

/// <summary><c>agentrouter memory export FILE</c>.</summary>
internal static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "Where to write: JSON Lines, packed when the name ends with .gz. It is replaced as a whole." };
        Option<MemoryScope> scope = MemoryOptions.Scope();
        Option<string?> store = MemoryOptions.Store();
        var command = new CliCommand("export", "Writes all that a memory holds to a file, which 'memory import' reads into this or another one.")
        {
            Examples = [new Example("memory export anna.jsonl.gz --scope user:anna", "A copy to keep, or to move to another machine.")],
        };
        command.Add(file);
        command.Add(scope);
        command.Add(store);
        command.SetAction(async (result, cancellationToken) =>
        {
            string named = result.GetRequiredValue(file);
            string path = context.Resolve(named);
            if (Directory.Exists(path))
                throw new UsageException($"{named} is a folder. Name a file in it.");
            if (!Directory.Exists(Path.GetDirectoryName(path)))
                throw new UsageException($"There is no folder {Path.GetDirectoryName(path)}. Make it, or name a file elsewhere.");
            MemoryScope of = result.GetRequiredValue(scope);
            await using OpenMemory memory = OpenMemory.Open(context, result.GetValue(store));
            await memory.RequireAsync([of], cancellationToken);
            await memory.Graph.ExportAsync(of, path, cancellationToken);
            MemoryStatistics? counts = await memory.Graph.StatisticsAsync(of, cancellationToken);
            context.Terminal.Output.Write(new Text($"{Numbers.Of(counts?.Nodes.Values.Sum() ?? 0, "node")} and {Numbers.Of(counts?.Edges.Values.Sum() ?? 0, "edge")} of {of} in {named}, {Numbers.Bytes(new FileInfo(path).Length)}.\n"));
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
