using AgentRouter.Suggestions;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;

namespace AgentRouter.Workflows.Yaml.ToolGraphs;

/// <summary>Makes a graph of what files say, and reports every mistake where it was written.</summary>
internal sealed class ToolGraphAssembly(LoadSession session)
{
    /// <summary>Makes the graph.</summary>
    /// <param name="parts">What the files say.</param>
    /// <param name="isAlone">Whether no workflow names them.</param>
    /// <returns>The graph, or <see langword="null"/> when it cannot be used.</returns>
    public CapabilityGraph? Build(IReadOnlyList<ToolGraphPart> parts, bool isAlone = false)
    {
        Placed<CapabilityTool>[] tools = [.. parts.SelectMany(part => part.Tools)];
        CapabilityFact[] facts = Facts([.. parts.SelectMany(part => part.Facts)]);
        Placed<CapabilityGoal>[] goals = [.. parts.SelectMany(part => part.Goals)];
        Dictionary<string, string> descriptions = Descriptions(parts, tools, goals);
        IReadOnlyList<GraphProblem> problems = CapabilityGraphChecks.Find([.. tools.Select(tool => tool.Value)], facts, [.. goals.Select(goal => goal.Value)]);
        foreach (GraphProblem problem in problems)
            Report(problem, tools, goals);
        new ToolGraphCheck(session.Tools, session.Diagnostics, session.Sources, isAlone).Run(tools, facts);
        // also where a file has other mistakes: the workflow around it is checked against it
        return problems.Any(problem => !problem.IsWarning)
            ? null
            : new CapabilityGraph([.. tools.Select(tool => tool.Value)], facts, [.. goals.Select(goal => goal.Value)]) { Descriptions = descriptions };
    }

    // two files may declare the same fact
    private CapabilityFact[] Facts(Placed<CapabilityFact>[] facts)
    {
        var known = new Dictionary<string, Placed<CapabilityFact>>(StringComparer.Ordinal);
        foreach (Placed<CapabilityFact> fact in facts)
        {
            if (known.TryAdd(fact.Value.Name, fact))
                continue;
            Placed<CapabilityFact> first = known[fact.Value.Name];
            if (!CapabilityTypes.AreSame(first.Value.Type, fact.Value.Type))
                session.Diagnostics.Error(fact.At, $"The fact '{fact.Value.Name}' is {fact.Value.Type} here and {first.Value.Type} at {first.At}.");
            else if (first.Value.Description is null)
                known[fact.Value.Name] = first with { Value = fact.Value };
        }

        return [.. known.Values.Select(fact => fact.Value)];
    }

    private Dictionary<string, string> Descriptions(IReadOnlyList<ToolGraphPart> parts, Placed<CapabilityTool>[] tools, Placed<CapabilityGoal>[] goals)
    {
        HashSet<string> known = [.. tools.SelectMany(tool => tool.Value.Provides), .. goals.Select(goal => goal.Value.Name)];
        var descriptions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, Placed<string> text) in parts.SelectMany(part => part.Descriptions))
        {
            if (!known.Contains(name))
                session.Diagnostics.Error(text.At, $"There is no capability '{name}'.", Suggestion.Nearest(name, known) is { } meant ? $"Did you mean '{meant}'?" : $"Add a tool that provides it: provides: {name}.");
            else if (!descriptions.TryAdd(name, text.Value) && descriptions[name] != text.Value)
                session.Diagnostics.Error(text.At, $"'{name}' is described twice, and not alike.");
        }

        return descriptions;
    }

    private void Report(GraphProblem problem, Placed<CapabilityTool>[] tools, Placed<CapabilityGoal>[] goals)
    {
        // of two with one name, the second is one too many
        Placed<CapabilityTool> tool = tools.LastOrDefault(each => each.Value.Name == problem.Tool);
        Placed<CapabilityGoal> goal = goals.LastOrDefault(each => each.Value.Name == problem.Goal);
        SourceLocation at = tool.Value is not null ? Locate(tool.Value, tool.At, problem.Path) : goal.Value is not null ? Locate(goal.Value, goal.At, problem.Path) : default;
        (string message, string? suggestion) = Split(problem.Message);
        if (problem.IsWarning)
            session.Diagnostics.Warning(at, message, suggestion);
        else
            session.Diagnostics.Error(at, message, suggestion);
    }

    private SourceLocation Locate(object part, SourceLocation at, IReadOnlyList<string> path)
    {
        if (path.Count > 0 && session.Sources.Has(part, path[0]))
            return session.Sources.Locate(part, at, [.. path]);
        // a goal may be written as the list of its needs
        return path.Count > 1 ? session.Sources.Locate(part, at, [.. path.Skip(1)]) : at;
    }

    private static (string Message, string? Suggestion) Split(string message)
    {
        int at = message.IndexOf(" Did you mean ", StringComparison.Ordinal);
        if (at < 0)
            at = message.IndexOf(" There is: ", StringComparison.Ordinal);
        return at < 0 ? (message, null) : (message[..at], message[(at + 1)..]);
    }
}
