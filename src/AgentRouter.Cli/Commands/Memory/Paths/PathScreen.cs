using AgentRouter.Cli.Presentation;
using AgentRouter.Memory.Exploration;
using AgentRouter.Memory.Graph;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Paths;

/// <summary>A path between two nodes: a line a step.</summary>
internal sealed class PathScreen(IAnsiConsole console)
{
    private const int MostName = 60;
    private readonly Screen _screen = new(console);

    /// <summary>Shows it.</summary>
    public void Show(MemoryNode from, MemoryNode to, IReadOnlyList<MemoryPathStep> path)
    {
        if (path.Count == 0)
        {
            _screen.Line(new Paragraph($"No path leads from {Named(from)} to {Named(to)}: nothing that is remembered links them."));
            return;
        }

        foreach (MemoryPathStep step in path)
        {
            string label = step.Edge is { } edge ? step.IsForward ? GraphWords.Of(edge) : GraphWords.Against(edge) : "from";
            _screen.Fact(label, NodeLine.Of(step.Node, _screen.Glyphs));
        }
    }

    private static string Named(MemoryNode node) => $"“{GraphWords.Name(node, MostName)}” (#{node.Id})";
}
