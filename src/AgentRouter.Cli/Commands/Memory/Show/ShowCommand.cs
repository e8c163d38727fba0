using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Memory.Show.Pages;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Memory;
using AgentRouter.Memory.Exploration;
using AgentRouter.Memory.Graph;
using AgentRouter.Workflows.Drawing;

namespace AgentRouter.Cli.Commands.Memory.Show;

/// <summary><c>agentrouter memory show [NODE]</c>.</summary>
internal static class ShowCommand
{
    private const int Listed = 10;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var name = new Argument<string?>("NODE") { Description = "A node: its number, its key, or the name of a concept. Without one an overview.", Arity = ArgumentArity.ZeroOrOne };
        Option<MemoryScope> scope = MemoryOptions.Scope();
        Option<int> depth = OutcomeOptions.Count("--depth", "How far around the node, in edges", 1, 1, NeighbourhoodOptions.MostDepth);
        var format = new Option<ShowFormat>("--format") { HelpName = "FORMAT", Description = "text (the default), mermaid, dot, or html: a page with a picture that needs nothing else." };
        Option<string?> store = MemoryOptions.Store();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("show", "Shows a node and what is around it in the graph, or what a memory holds at a glance.")
        {
            Examples =
            [
                new Example("memory show --scope user:anna", "Counts, what is mentioned most, the newest sources."),
                new Example("memory show \"Anna Fischer\" --scope user:anna --depth 2", "Who and what is around somebody."),
                new Example("memory show 42 --scope user:anna --format html > 42.html", "A picture, to open in a browser."),
            ],
            Notes = [$"At most {new NeighbourhoodOptions().MaxNodes} nodes are shown, those over strong edges first and those behind hubs last; what is left out is counted."],
        };
        command.Add(name);
        command.Add(scope);
        command.Add(depth);
        command.Add(format);
        command.Add(store);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            MemoryScope of = result.GetRequiredValue(scope);
            ShowFormat wanted = result.GetValue(format);
            string? node = result.GetValue(name);
            if (node is null && wanted != ShowFormat.Text)
                throw new UsageException($"--format {wanted.ToString().ToLowerInvariant()} draws what is around a node. Name one: its number, its key, or the name of a concept.");
            await using OpenMemory memory = OpenMemory.Open(context, result.GetValue(store));
            await memory.RequireAsync([of], cancellationToken);
            if (node is null)
                await OverviewAsync(context, memory, of, result.GetValue(json), cancellationToken);
            else
                await AroundAsync(context, of, await FindAsync(memory, of, node, result.GetValue(depth), cancellationToken), wanted, result.GetValue(json), cancellationToken);
            return ExitCodes.Succeeded;
        });
        return command;
    }

    private static async Task OverviewAsync(CliContext context, OpenMemory memory, MemoryScope scope, bool json, CancellationToken cancellationToken)
    {
        MemoryOverview overview = await memory.Graph.OverviewAsync(scope, Listed, cancellationToken) ?? throw Gone(scope);
        if (json)
            await FiguresJson.WriteAsync(context.Terminal.Lines, overview, cancellationToken);
        else
            new OverviewScreen(context.Terminal.Output).Show(scope, overview);
    }

    private static async Task AroundAsync(CliContext context, MemoryScope scope, MemoryNeighbourhood around, ShowFormat format, bool json, CancellationToken cancellationToken)
    {
        TextWriter lines = context.Terminal.Lines;
        if (json)
            await FiguresJson.WriteAsync(lines, around, cancellationToken);
        else if (format == ShowFormat.Text)
            new AroundScreen(context.Terminal.Output).Show(around);
        else if (format == ShowFormat.Html)
            await lines.WriteAsync(MemoryPage.Write(scope, around).AsMemory(), cancellationToken);
        else
            await lines.WriteAsync((format == ShowFormat.Dot ? DotFormat.Write(AroundDrawing.Of(around)) : MermaidFormat.Write(AroundDrawing.Of(around))).AsMemory(), cancellationToken);
    }

    private static async Task<MemoryNeighbourhood> FindAsync(OpenMemory memory, MemoryScope scope, string name, int depth, CancellationToken cancellationToken)
    {
        MemoryNode node = await memory.FindAsync(scope, name, cancellationToken);
        return await memory.Graph.NeighbourhoodAsync(scope, node.Id, new NeighbourhoodOptions { Depth = depth }, cancellationToken) ?? throw Gone(scope);
    }

    private static UsageException Gone(MemoryScope scope) => new($"It was erased from '{scope}' just now.");
}
