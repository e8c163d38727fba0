using System.Globalization;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Health;

namespace AgentRouter.Workflows.Drawing;

/// <summary>Draws a tool graph: facts, tools with their weights and health, capabilities and goals.</summary>
public static class ToolGraphDrawing
{
    /// <summary>Draws a tool graph. The edges of a tool that cannot be called are dashed, and those to its check and its undo.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="title">What the drawing is called.</param>
    /// <param name="health">How the tools are, or <see langword="null"/> for all well.</param>
    /// <param name="down">The names of tools that count as down, or <see langword="null"/> for none.</param>
    /// <param name="path">The tools of a way that is marked, or <see langword="null"/>.</param>
    public static DrawnGraph Of(
        CapabilityGraph graph, string title, ToolHealthRegistry? health = null, IReadOnlyCollection<string>? down = null, IReadOnlyCollection<CapabilityTool>? path = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(title);
        Dictionary<string, ToolHealthSnapshot> states = (health?.Snapshot() ?? []).ToDictionary(state => state.Tool, StringComparer.Ordinal);
        HashSet<string> provided = [.. graph.Capabilities];
        var nodes = new List<DrawnNode>();
        var edges = new List<DrawnEdge>();
        foreach (string fact in graph.Facts.Select(fact => fact.Name).Where(fact => !provided.Contains(fact)))
            nodes.Add(new DrawnNode(Fact(fact), [fact], NodeShape.Rounded));
        foreach (string capability in graph.Capabilities)
            nodes.Add(new DrawnNode(Fact(capability), [capability], NodeShape.Hexagon));
        foreach (CapabilityTool tool in graph.Tools)
        {
            double factor = states.TryGetValue(tool.Tool, out ToolHealthSnapshot? state) ? state.Factor : 1;
            bool isDown = down?.Contains(tool.Name) == true || double.IsInfinity(factor);
            nodes.Add(new DrawnNode(Tool(tool), [tool.Name, isDown ? "down" : Weight(tool, factor), .. Marks(tool, path)], NodeShape.Box));
            edges.AddRange(tool.Needs.Select(need => new DrawnEdge(Fact(need), Tool(tool), null, isDown)));
            edges.AddRange(tool.Provides.Select(capability => new DrawnEdge(Tool(tool), Fact(capability), null, isDown)));
            if (tool.Check is { } check)
                edges.Add(new DrawnEdge(Tool(tool), Tool(check), "check", IsDashed: true));
            if (tool.Undo is { } undo)
                edges.Add(new DrawnEdge(Tool(tool), Tool(undo), "undo", IsDashed: true));
        }

        foreach (CapabilityGoal goal in graph.Goals)
        {
            nodes.Add(new DrawnNode(Goal(goal), [goal.Name, "goal"], NodeShape.Circle));
            edges.AddRange(goal.Needs.Distinct().Select(need => new DrawnEdge(Fact(need), Goal(goal), null)));
        }

        return new DrawnGraph(title, nodes, edges);
    }

    private static string Weight(CapabilityTool tool, double factor)
    {
        string cost = tool.Cost.ToString("0.###", CultureInfo.InvariantCulture);
        return Math.Abs(factor - 1) < 0.0005
            ? $"cost {cost}"
            : string.Create(CultureInfo.InvariantCulture, $"cost {cost} × {factor:0.##} = {tool.Cost * factor:0.###}");
    }

    private static IEnumerable<string> Marks(CapabilityTool tool, IReadOnlyCollection<CapabilityTool>? path) => path?.Contains(tool) == true ? ["on the way"] : [];

    private static string Fact(string name) => "fact:" + name;

    private static string Tool(CapabilityTool tool) => Tool(tool.Name);

    private static string Tool(string name) => "tool:" + name;

    private static string Goal(CapabilityGoal goal) => "goal:" + goal.Name;
}
