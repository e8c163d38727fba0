using System.IO.Compression;
using System.Text.Json;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Bench.Healing;

/// <summary>A graph made of public data, with the goals that its tasks have.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Graph">The graph.</param>
/// <param name="Given">What is known at the start.</param>
/// <param name="Goals">The goals.</param>
internal sealed record RealGraph(string Name, CapabilityGraph Graph, IReadOnlyList<string> Given, IReadOnlyList<CapabilityGoal> Goals);

/// <summary>Reads tool catalogues and graphs. Three ways lead from data to capabilities: parameters and results of the same name, input and output types, and edges that
/// say which tool follows which (any one of those before it is enough).</summary>
internal static class RealGraphs
{
    private static readonly string[] EdgeSets = ["ultratool", "tmdb", "bfcl_multi_turn", "livemcpbench", "toollens"];
    private static readonly string[] TypeSets = ["taskbench_huggingface", "taskbench_multimedia"];

    /// <param name="folder">The folder with a folder for each set.</param>
    public static IEnumerable<RealGraph> Read(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "nestful")))
            yield return Named(folder, "nestful");
        foreach (string set in EdgeSets.Where(set => Directory.Exists(Path.Combine(folder, set))))
            yield return Followed(folder, set);
        foreach (string set in TypeSets.Where(set => Directory.Exists(Path.Combine(folder, set))))
        {
            foreach (RealGraph graph in Typed(folder, set))
                yield return graph;
        }
    }

    // a tool needs the parameters that some tool returns; half of their names are given, the others must be found out
    private static RealGraph Named(string folder, string set)
    {
        List<JsonElement> catalogue = Lines(folder, set, "tools.jsonl.gz");
        HashSet<string> returned = [.. catalogue.SelectMany(tool => Names(tool, "output"))];
        string[] given = [.. returned.Where(name => Hash(name) % 2 == 0).Order(StringComparer.Ordinal)];
        var tools = catalogue.Select(tool => Tool(Id(tool), Names(tool, "parameters", onlyRequired: true).Where(returned.Contains), Names(tool, "output"))).ToList();
        return Graph(set + ": parameters by name", tools, given, Lines(folder, set, "queries.dev.jsonl.gz").Select(query => Strings(query, "gold")));
    }

    private static RealGraph Followed(string folder, string set)
    {
        string[] ids = [.. Lines(folder, set, "tools.jsonl.gz").Select(tool => set == "livemcpbench" ? tool.GetProperty("name").GetString()! : Id(tool)).Distinct()];
        HashSet<string> known = [.. ids];
        (string From, string To)[] edges = [.. Lines(folder, set, "graph.jsonl.gz").Select(edge => (Text(edge, "src"), Text(edge, "dst"))).Where(edge => edge.Item1 != edge.Item2 && known.Contains(edge.Item1) && known.Contains(edge.Item2)).Distinct()];
        HashSet<string> begins = Beginnings(ids, edges);
        ILookup<string, string> next = edges.Where(edge => !begins.Contains(edge.To)).ToLookup(edge => edge.From, edge => "before " + edge.To);
        var tools = ids.Select(id => Tool(id, begins.Contains(id) ? [] : ["before " + id], next[id])).ToList();
        return Graph(set + ": who follows whom", tools, [], Lines(folder, set, "queries.dev.jsonl.gz")
            .Select(query => Strings(query, "gold").Select(gold => set == "livemcpbench" ? gold[(gold.IndexOf("::", StringComparison.Ordinal) + 2)..] : gold)));
    }

    private static IEnumerable<RealGraph> Typed(string folder, string set)
    {
        using var file = new GZipStream(File.OpenRead(Path.Combine(folder, set, "graph_desc.json.gz")), CompressionMode.Decompress);
        using JsonDocument document = JsonDocument.Parse(file);
        var tools = document.RootElement.GetProperty("nodes").EnumerateArray()
            .Select(node => Tool(Id(node), Strings(node, "input-type").Select(type => type.ToLowerInvariant()), Strings(node, "output-type").Select(type => type.ToLowerInvariant()))).ToList();
        string[] ran = [.. tools.Select(tool => tool.Provides[0])];
        foreach (string type in tools.SelectMany(tool => tool.Needs).Distinct().Order(StringComparer.Ordinal))
            yield return Graph($"{set}: from {type}", tools, [type], ran.Select(one => (string[])[one]).Concat(ran.SelectMany(one => ran.Where(other => string.CompareOrdinal(one, other) < 0).Select(other => (string[])[one, other]))), isCapability: true);
    }

    // What can never run with what is given is left out of the graph, and goals that need it with it.
    private static RealGraph Graph(string name, List<CapabilityTool> tools, string[] given, IEnumerable<IEnumerable<string>> goals, bool isCapability = false)
    {
        HashSet<string> have = [.. given];
        var runnable = new HashSet<CapabilityTool>(ReferenceEqualityComparer.Instance);
        while (tools.Where(tool => !runnable.Contains(tool) && tool.Needs.All(have.Contains)).ToList() is { Count: > 0 } more)
        {
            runnable.UnionWith(more);
            have.UnionWith(more.SelectMany(tool => tool.Provides));
        }

        CapabilityGoal[] reachable = [.. goals.Select(goal => goal.Select(need => isCapability ? need : Ran(need)).Distinct().ToArray()).Where(goal => goal.Length > 0 && goal.All(have.Contains)).Select((goal, at) => new CapabilityGoal($"goal {at}", goal))];
        return new RealGraph(name, new CapabilityGraph([.. tools.Where(runnable.Contains)], [.. given.Select(fact => new CapabilityFact(fact, Expressions.DataType.Any))]), given, reachable);
    }

    private static CapabilityTool Tool(string id, IEnumerable<string> needs, IEnumerable<string> provides)
    {
        string[] wanted = [.. needs.Distinct()];
        return new CapabilityTool { Name = id, Needs = wanted, Provides = [Ran(id), .. provides.Distinct().Except(wanted)], Effect = ToolEffect.None };
    }

    private static string Ran(string id) => "ran " + id;

    // tools that nobody comes before, and one of each circle that nobody leads into
    private static HashSet<string> Beginnings(string[] ids, (string From, string To)[] edges)
    {
        ILookup<string, string> next = edges.ToLookup(edge => edge.From, edge => edge.To);
        HashSet<string> followers = [.. edges.Select(edge => edge.To)];
        HashSet<string> begins = [.. ids.Where(id => !followers.Contains(id))];
        HashSet<string> reached = [];
        foreach (string id in begins.Concat(ids).ToArray())
        {
            if (reached.Contains(id))
                continue;
            begins.Add(id);
            var open = new Queue<string>([id]);
            while (open.TryDequeue(out string? at))
            {
                if (!reached.Add(at))
                    continue;
                foreach (string other in next[at])
                    open.Enqueue(other);
            }
        }

        return begins;
    }

    private static List<JsonElement> Lines(string folder, string set, string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, set, file)), CompressionMode.Decompress));
        var lines = new List<JsonElement>();
        while (reader.ReadLine() is { } line)
            lines.Add(JsonElement.Parse(line));
        return lines;
    }

    private static IEnumerable<string> Names(JsonElement of, string property, bool onlyRequired = false) =>
        of.TryGetProperty(property, out JsonElement fields) && fields.ValueKind == JsonValueKind.Object
            ? fields.EnumerateObject().Where(field => !onlyRequired || field.Value.ValueKind != JsonValueKind.Object || !field.Value.TryGetProperty("required", out JsonElement required) || required.ValueKind != JsonValueKind.False)
                .Select(field => field.Name.ToLowerInvariant())
            : [];

    private static IEnumerable<string> Strings(JsonElement of, string property) =>
        of.TryGetProperty(property, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(one => one.ToString())] : [];

    private static string Id(JsonElement of) => Text(of, "id");

    private static string Text(JsonElement of, string property) => of.GetProperty(property).ToString();

    private static int Hash(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)) & int.MaxValue;
}
