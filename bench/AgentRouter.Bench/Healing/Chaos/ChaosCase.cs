using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Bench.Healing.Chaos;

/// <summary>A random graph, a random goal, and what each call of each tool comes to.</summary>
internal sealed record ChaosCase(int Seed, CapabilityGraph Graph, CapabilityGoal Goal, IReadOnlyList<string> Given, IReadOnlyDictionary<string, Fault[]> Faults)
{
    private const int MostCalls = 8;

    private static readonly DataType Promise = new DataType.Object(new Dictionary<string, DataType> { ["ok"] = DataType.Boolean });
    private static readonly Fault[] Kinds = Enum.GetValues<Fault>();

    /// <summary>Gets a value indicating whether a tool never fails.</summary>
    public bool IsSound(CapabilityTool tool) => Array.TrueForAll(Faults[tool.Name], fault => fault is Fault.None or Fault.Slow);

    /// <summary>Gets a value indicating whether a tool always fails.</summary>
    public bool IsHopeless(CapabilityTool tool) => Array.TrueForAll(Faults[tool.Name], fault => fault is not (Fault.None or Fault.Slow));

    /// <summary>Makes a case.</summary>
    /// <param name="seed">What it is made from.</param>
    /// <param name="isPure">Whether tools only look, and each is either sound or hopeless: then it is plain what must be reached.</param>
    public static ChaosCase Make(int seed, bool isPure)
    {
        var random = new Random(seed);
        int facts = random.Next(2, 9);
        string[] given = [.. Enumerable.Range(0, random.Next(1, 3)).Select(i => "g" + i)];
        string[] names = [.. given, .. Enumerable.Range(0, facts).Select(i => "f" + i)];
        var tools = new List<CapabilityTool>();
        int count = random.Next(1, 13);
        for (int i = 0; i < count; i++)
            tools.Add(Tool(random, i, names, given.Length, isPure));
        List<CapabilityTool> helpers = isPure ? [] : Helpers(random, tools);
        string[] provided = [.. tools.SelectMany(tool => tool.Provides).Distinct()];
        string[] needs = [.. provided.OrderBy(_ => random.Next()).Take(random.Next(1, 4))];
        var goal = new CapabilityGoal("goal", needs)
        {
            Lesser = random.Next(3) == 0 ? [new LesserGoal("lesser", [.. needs.Take(needs.Length - 1)])] : [],
        };
        // what can never run is refused when a graph is made, and not what this is about
        List<CapabilityTool> sound = Runnable([.. tools, .. helpers], given);
        if (sound.Count == 0 || !goal.Needs.All(need => sound.Exists(tool => tool.Provides.Contains(need))))
            return Make(unchecked((seed * 31) + 7), isPure) with { Seed = seed };
        var graph = new CapabilityGraph(sound, [.. given.Select(name => new CapabilityFact(name, DataType.Any))], [goal]);
        return new ChaosCase(seed, graph, goal, given, sound.ToDictionary(tool => tool.Name, tool => FaultsOf(random, tool, isPure)));
    }

    private static CapabilityTool Tool(Random random, int number, string[] names, int given, bool isPure)
    {
        string[] provides = [.. names[given..].OrderBy(_ => random.Next()).Take(random.Next(4) == 0 ? 2 : 1)];
        return new CapabilityTool
        {
            Name = "t" + number,
            Provides = provides,
            Needs = [.. names.Except(provides).OrderBy(_ => random.Next()).Take(random.Next(3))],
            Cost = random.Next(4) == 0 ? random.Next(3) : Math.Round((random.NextDouble() * 5) + 0.1, 2),
            Effect = isPure ? ToolEffect.None : (ToolEffect)random.Next(3),
            Attempts = isPure ? 1 : random.Next(1, 4),
            Result = Promise,
            IsResultPromised = true,
            Timeout = TimeSpan.FromSeconds(1),
        };
    }

    private static List<CapabilityTool> Helpers(Random random, List<CapabilityTool> tools)
    {
        var helpers = new List<CapabilityTool>();
        for (int i = 0; i < tools.Count; i++)
        {
            if (tools[i].Effect == ToolEffect.None)
                continue;
            if (random.Next(3) == 0)
            {
                helpers.Add(new CapabilityTool { Name = "check" + i, Provides = ["checked" + i], Effect = ToolEffect.None });
                tools[i] = tools[i] with { Check = "check" + i };
            }

            if (random.Next(3) == 0)
            {
                helpers.Add(new CapabilityTool { Name = "undo" + i, Provides = ["undone" + i], Effect = ToolEffect.Repeatable });
                tools[i] = tools[i] with { Undo = "undo" + i };
            }
        }

        return helpers;
    }

    private static List<CapabilityTool> Runnable(List<CapabilityTool> tools, string[] given)
    {
        HashSet<string> have = [.. given];
        var runnable = new List<CapabilityTool>();
        while (tools.Find(tool => !runnable.Contains(tool) && tool.Needs.All(have.Contains)) is { } next)
        {
            runnable.Add(next);
            have.UnionWith(next.Provides);
        }

        HashSet<string> names = [.. runnable.Select(tool => tool.Name)];
        return [.. tools.Where(tool => names.Contains(tool.Name))];
    }

    private static Fault[] FaultsOf(Random random, CapabilityTool tool, bool isPure)
    {
        if (isPure)
            return [.. Enumerable.Repeat(random.Next(3) == 0 ? Kinds[random.Next(1, Kinds.Length - 1)] : Fault.None, MostCalls)];
        if (tool.Name.StartsWith('c') || tool.Name.StartsWith('u'))
            return [.. Enumerable.Range(0, MostCalls).Select(_ => random.Next(5) == 0 ? Fault.Down : Fault.None)];
        return random.Next(4) switch
        {
            0 => [Fault.None],
            // from now on, or from the second call on
            1 => [.. Enumerable.Repeat(Kinds[random.Next(1, Kinds.Length)], MostCalls)],
            _ => [.. Enumerable.Range(0, MostCalls).Select(_ => random.Next(3) == 0 ? Fault.None : Kinds[random.Next(Kinds.Length)])],
        };
    }
}
