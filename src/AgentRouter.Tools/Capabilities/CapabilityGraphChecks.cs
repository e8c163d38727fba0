using System.Globalization;
using AgentRouter.Expressions;
using AgentRouter.Suggestions;
using QuikGraph;
using QuikGraph.Algorithms;

namespace AgentRouter.Tools.Capabilities;

/// <summary>Finds the mistakes in a capability graph before it is used: all of them at once.</summary>
public static class CapabilityGraphChecks
{
    private const int Shown = 6;

    /// <summary>Finds what is wrong.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="facts">What whoever calls may give.</param>
    /// <param name="goals">The goals.</param>
    /// <returns>The mistakes, and what is only odd; empty when the graph is sound.</returns>
    public static IReadOnlyList<GraphProblem> Find(IReadOnlyList<CapabilityTool> tools, IReadOnlyList<CapabilityFact> facts, IReadOnlyList<CapabilityGoal> goals)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(goals);
        var problems = new List<GraphProblem>();
        if (tools.Count > CapabilityDefaults.MaxTools)
            return [new GraphProblem(null, null, Invariant($"The graph has {tools.Count:N0} tools; the most is {CapabilityDefaults.MaxTools:N0}."))];
        Twice(tools.Select(tool => tool.Name), "tool", problems);
        Twice(facts.Select(fact => fact.Name), "fact", problems);
        Twice(goals.Select(goal => goal.Name), "goal", problems);
        Dictionary<string, CapabilityTool> byName = tools.DistinctBy(tool => tool.Name).ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        HashSet<string> provided = [.. tools.SelectMany(tool => tool.Provides)];
        HashSet<string> known = [.. provided, .. facts.Select(fact => fact.Name)];
        foreach (CapabilityTool tool in tools)
            problems.AddRange(OfTool(tool).Concat(References(tool, byName, known)).Select(problem => new GraphProblem(tool.Name, null, problem.Message) { Path = problem.Path }));
        foreach (CapabilityGoal goal in goals)
            problems.AddRange(OfGoal(goal, provided, known).Select(problem => new GraphProblem(null, goal.Name, problem.Message) { Path = problem.Path }));
        Reach(tools, known, [.. facts.Select(fact => fact.Name)], goals, provided, problems);
        problems.AddRange(tools.Where(tool => IsCheckedBlindly(tool, byName)).Select(tool => new GraphProblem(tool.Name, null,
            $"Tool '{tool.Name}' has a check and says nothing of its result, so whatever '{tool.Check}' returns counts as done, except nothing and false. Say under 'result' (Result in C#) what a call returns.", IsWarning: true)
        {
            Path = ["check"],
        }));
        return problems;
    }

    private static IEnumerable<(string Message, string[] Path)> OfTool(CapabilityTool tool)
    {
        string name = $"Tool '{TextOf(tool.Name)}'";
        if (!IsName(tool.Name))
            yield return ($"{name} has no usable name: 1 to {CapabilityDefaults.MaxName} characters, and no control characters.", []);
        if (tool.Provides.Count == 0)
            yield return ($"{name} provides nothing. Name the capability that it satisfies.", []);
        if (tool.Provides.Count > CapabilityDefaults.MaxFactsOfTool || tool.Needs.Count > CapabilityDefaults.MaxFactsOfTool)
            yield return ($"{name} needs or provides more than {CapabilityDefaults.MaxFactsOfTool} facts.", []);
        if (tool.Provides.Concat(tool.Needs).FirstOrDefault(fact => !IsName(fact)) is { } odd)
            yield return ($"{name} needs or provides '{TextOf(odd)}', which is no name.", []);
        if (!double.IsFinite(tool.Cost) || tool.Cost < 0)
            yield return (Invariant($"The cost of tool '{tool.Name}' is {tool.Cost}; it must be a number from 0."), ["cost"]);
        if (tool.Price < Pricing.Money.Zero)
            yield return ($"The price of tool '{tool.Name}' is below zero.", ["usd"]);
        if (tool.Timeout <= TimeSpan.Zero || tool.Timeout > CapabilityDefaults.MaxTimeout)
            yield return ($"The timeout of tool '{tool.Name}' must be above 0 and at most {CapabilityDefaults.MaxTimeout.TotalHours} hour.", ["timeout"]);
        if (tool.Attempts is < 1 or > CapabilityDefaults.MaxAttempts)
            yield return ($"The attempts of tool '{tool.Name}' must be from 1 to {CapabilityDefaults.MaxAttempts}.", ["attempts"]);
        if (tool.CallsPerMinute < 1)
            yield return ($"The calls per minute of tool '{tool.Name}' must be at least 1.", ["callsPerMinute"]);
        if (!Enum.IsDefined(tool.Effect) || !Enum.IsDefined(tool.Risk))
            yield return ($"The effect or the risk of tool '{tool.Name}' is none that is known.", []);
    }

    private static IEnumerable<(string Message, string[] Path)> References(CapabilityTool tool, Dictionary<string, CapabilityTool> tools, HashSet<string> known)
    {
        foreach ((int at, string need) in tool.Needs.Index().Where(need => !known.Contains(need.Item)))
            yield return ($"Tool '{tool.Name}' needs '{need}', which no tool provides and which is no fact of the graph.{Meant(need, known)}", ["needs", At(at)]);
        if (tool.Amount is { } amount && !known.Contains(Root(amount)))
            yield return ($"The amount of tool '{tool.Name}' is '{amount}', which no tool provides and which is no fact of the graph.{Meant(amount, known)}", ["amount"]);
        foreach ((string key, string? other) in new[] { ("check", tool.Check), ("undo", tool.Undo) })
        {
            if (other is null)
                continue;
            if (other == tool.Name)
                yield return ($"The {key} of tool '{tool.Name}' is the tool itself.", [key]);
            else if (!tools.TryGetValue(other, out CapabilityTool? found))
                yield return ($"The {key} of tool '{tool.Name}' is '{other}', which is no tool of the graph.{(Suggestion.Sentence(other, tools.Keys.Where(name => name != tool.Name)) is { } meant ? " " + meant : "")}", [key]);
            else if (key == "check" && found.Effect != ToolEffect.None)
                yield return ($"Tool '{other}' is to tell whether '{tool.Name}' took effect, so it may have no effect of its own. Declare its effect as none.", [key]);
            else if (key == "undo" && found.Effect == ToolEffect.Once)
                yield return ($"Tool '{other}' is to take back what '{tool.Name}' did, also where nobody knows whether it did. Declare its effect as repeatable.", [key]);
        }

        if (tool.Effect == ToolEffect.None && (tool.Check ?? tool.Undo) is not null)
            yield return ($"Tool '{tool.Name}' has no effect that could be checked or taken back.", [tool.Check is null ? "undo" : "check"]);
    }

    private static IEnumerable<(string Message, string[] Path)> OfGoal(CapabilityGoal goal, HashSet<string> provided, HashSet<string> known)
    {
        if (!IsName(goal.Name))
            yield return ($"Goal '{TextOf(goal.Name)}' has no usable name.", []);
        if (goal.Needs.Count == 0)
            yield return ($"Goal '{goal.Name}' needs nothing. Name the capabilities that it is made of.", ["needs"]);
        foreach ((int at, _) in goal.Lesser.Index().Where(lesser => string.IsNullOrWhiteSpace(lesser.Item.Name)))
            yield return ($"A lesser goal of '{goal.Name}' says nothing of what it comes to.", ["lesser", At(at)]);
        IEnumerable<(string Need, string[] Path)> needs = goal.Needs.Select((need, at) => (need, new[] { "needs", At(at) }))
            .Concat(goal.Lesser.SelectMany((lesser, of) => lesser.Needs.Select((need, at) => (need, new[] { "lesser", At(of), "needs", At(at) }))));
        foreach ((string need, string[] path) in needs.Where(need => !provided.Contains(need.Need)))
            yield return ($"Goal '{goal.Name}' needs '{need}', which no tool provides.{Meant(need, known)}", path);
    }

    private static bool IsCheckedBlindly(CapabilityTool tool, Dictionary<string, CapabilityTool> tools) =>
        tool is { Check: { } check, Effect: not ToolEffect.None } && tool.Result == DataType.Any && check != tool.Name && tools.ContainsKey(check);

    // With everything given that can be, each tool must be able to run: others wait for each other for ever. What nobody knows is said already, and counts as given.
    private static void Reach(
        IReadOnlyList<CapabilityTool> tools, HashSet<string> known, HashSet<string> have, IReadOnlyList<CapabilityGoal> goals, HashSet<string> provided, List<GraphProblem> problems)
    {
        have.UnionWith(tools.SelectMany(tool => tool.Needs).Where(need => !known.Contains(need)));
        var waiting = new List<CapabilityTool>(tools);
        while (waiting.RemoveAll(tool => tool.Needs.All(have.Contains) && Add(have, tool.Provides)) > 0)
        {
        }

        if (waiting.Count == 0)
            return;
        foreach (CapabilityTool[] circle in Circles(waiting))
            problems.Add(new GraphProblem(circle[0].Name, null, circle.Length == 1
                ? $"Tool '{circle[0].Name}' needs what only it provides ({string.Join(", ", circle[0].Needs.Intersect(circle[0].Provides))}), so it can never run."
                : $"The tools {string.Join(", ", circle.Take(Shown).Select(tool => $"'{tool.Name}'"))} wait for each other, so none of them can ever run. Let another tool or a fact provide what one of them needs."));
        problems.AddRange(goals.Where(goal => goal.Needs.Any(IsStuck)).Select(goal => new GraphProblem(null, goal.Name,
            $"Goal '{goal.Name}' can never be reached: {string.Join(", ", goal.Needs.Where(IsStuck))} cannot be provided.")));

        bool IsStuck(string need) => provided.Contains(need) && !have.Contains(need);
    }

    private static bool Add(HashSet<string> have, IReadOnlyList<string> provided)
    {
        have.UnionWith(provided);
        return true;
    }

    private static IEnumerable<CapabilityTool[]> Circles(List<CapabilityTool> waiting)
    {
        var graph = new AdjacencyGraph<CapabilityTool, Edge<CapabilityTool>>(allowParallelEdges: false);
        graph.AddVertexRange(waiting);
        foreach (CapabilityTool tool in waiting)
            graph.AddEdgeRange(waiting.Where(other => other.Provides.Intersect(tool.Needs).Any()).Select(other => new Edge<CapabilityTool>(other, tool)));
        var components = new Dictionary<CapabilityTool, int>();
        graph.StronglyConnectedComponents(components);
        return components.GroupBy(of => of.Value, of => of.Key)
            .Select(of => of.OrderBy(waiting.IndexOf).ToArray())
            .Where(of => of.Length > 1 || of[0].Needs.Intersect(of[0].Provides).Any())
            .OrderBy(of => waiting.IndexOf(of[0]));
    }

    private static void Twice(IEnumerable<string> names, string what, List<GraphProblem> problems)
    {
        foreach (string twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.Key))
            problems.Add(new GraphProblem(what == "tool" ? twice : null, what == "goal" ? twice : null, $"Two {what}s are named '{TextOf(twice)}'. Give one of them another name."));
    }

    private static string At(int position) => string.Create(CultureInfo.InvariantCulture, $"#{position}");

    private static string Root(string path) => path.Split('.', '[')[0];

    private static bool IsName(string name) => name.Length is > 0 and <= CapabilityDefaults.MaxName && !string.IsNullOrWhiteSpace(name) && !name.Any(char.IsControl);

    private static string Meant(string word, IEnumerable<string> known) => Suggestion.Nearest(word, known) is { } meant ? $" Did you mean '{meant}'?" : "";

    private static string TextOf(string text) => Text.OutputCapture.Shorten(Text.TerminalText.Clean(text), CapabilityDefaults.MaxName);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
