using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Bench.Healing;

/// <summary>A graph of layers: each capability of a layer is provided by several tools, which need capabilities of the layer before.</summary>
internal sealed record LayeredGraph(CapabilityGraph Graph, int Edges, IReadOnlyList<string> Last)
{
    public const int Layers = 5;

    public CapabilityGoal Goal(int branches) => new("goal", [.. Last.Take(branches)]);

    /// <param name="tools">How many tools.</param>
    /// <param name="edges">How many needs and provides they have together, about.</param>
    /// <param name="seed">What the graph is made from.</param>
    public static LayeredGraph Make(int tools, int edges, int seed)
    {
        var random = new Random(seed);
        int each = tools / Layers;
        // each capability has tools that can stand in for each other
        int capabilities = Math.Max(2, each / 4);
        int more = Math.Max(0, (edges / tools) - 2);
        var made = new List<CapabilityTool>();
        for (int layer = 0; layer < Layers; layer++)
        {
            for (int i = 0; i < each; i++)
            {
                made.Add(new CapabilityTool
                {
                    Name = $"t{layer}_{i}",
                    Provides = [.. Names(layer, Some(random, i % capabilities, more / 2, capabilities))],
                    Needs = layer == 0 ? [] : [.. Names(layer - 1, [random.Next(capabilities)])],
                    Cost = Math.Round(1 + random.NextDouble(), 3),
                    Effect = ToolEffect.None,
                });
            }
        }

        var graph = new CapabilityGraph(made);
        return new LayeredGraph(graph, made.Sum(tool => tool.Needs.Count + tool.Provides.Count), [.. Names(Layers - 1, Enumerable.Range(0, capabilities))]);
    }

    private static HashSet<int> Some(Random random, int first, int more, int of)
    {
        HashSet<int> some = [first];
        for (int i = 0; i < more; i++)
            some.Add(random.Next(of));
        return some;
    }

    private static IEnumerable<string> Names(int layer, IEnumerable<int> numbers) => numbers.Select(number => $"c{layer}_{number}");
}
