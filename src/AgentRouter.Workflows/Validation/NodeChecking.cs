using System.Globalization;
using AgentRouter.Budgets;
using AgentRouter.Expressions;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Functions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Route;
using AgentRouter.Workflows.Nodes.Tool;
using AgentRouter.Workflows.Nodes.Workflow;

namespace AgentRouter.Workflows.Validation;

/// <summary>What a node's own checks need.</summary>
internal sealed class NodeChecking(WorkflowChecks checks, ExpressionNames names)
{
    public void Error(NodeDefinition node, string message, string? suggestion, params ReadOnlySpan<string> path) =>
        checks.Diagnostics.Error(checks.Sources.Locate(node, node.Location, path), message, suggestion);

    public void Unknown(NodeDefinition node, string message, string word, IEnumerable<string> known, params ReadOnlySpan<string> path) =>
        checks.Unknown(checks.Sources.Locate(node, node.Location, path), message, word, known);

    /// <summary>Reports a candidate of a route node.</summary>
    public void Error(RouteCandidate candidate, string message, string? suggestion) =>
        checks.Diagnostics.Error(checks.Sources.Locate(candidate, candidate.Location), message, suggestion);

    /// <summary>Reports what is probably not meant of a candidate of a route node.</summary>
    public void Warning(RouteCandidate candidate, string message, string? suggestion) =>
        checks.Diagnostics.Warning(checks.Sources.Locate(candidate, candidate.Location), message, suggestion);

    /// <summary>Reports a key, the last of the path, that means nothing.</summary>
    public void UnknownKey(NodeDefinition node, string message, IEnumerable<string> known, params ReadOnlySpan<string> path) =>
        checks.Unknown(checks.Sources.LocateKey(node, node.Location, path), message, path[^1], known);

    /// <summary>Checks a name that a node makes readable.</summary>
    public void OwnName(NodeDefinition node, string name, params ReadOnlySpan<string> path)
    {
        SourceLocation location = checks.Sources.Locate(node, node.Location, path);
        checks.CheckName(name, "name", location);
        if (names.Names.ContainsKey(name))
            checks.Diagnostics.Error(location, $"'{name}' is already the name of a node or output.", "Choose another name.");
    }

    public void Condition(object owner, SourceLocation location, Expression? condition, string key) =>
        Check(owner, location, [key], condition is null ? null : () => condition.CheckCondition(names));

    /// <summary>Checks an expression.</summary>
    /// <returns>Its type; <see langword="null"/> when it is wrong.</returns>
    public DataType? Expression(NodeDefinition node, Expression expression, params string[] path)
    {
        DataType? type = null;
        Check(node, node.Location, path, () => type = expression.Check(names));
        return type;
    }

    public void Template(NodeDefinition node, Template? template, params string[] path) =>
        Check(node, node.Location, path, template is null ? null : () => template.Check(names));

    public void Arguments(NodeDefinition node, IReadOnlyDictionary<string, object?> arguments, string key)
    {
        foreach ((string name, object? value) in arguments)
            Template(node, value as Template, key, name);
    }

    /// <summary>Checks an agent where a node uses it.</summary>
    public void Agent(AgentDefinition agent, NodeDefinition node)
    {
        bool isShared = agent.Location.File is not null && agent.Location.File != checks.Workflow.Location.File;
        AgentCheck.Run(checks, agent, node, isShared ? AgentCheck.SharedNames : names);
    }

    public void Tools(object owner, SourceLocation location, IReadOnlyList<string> tools) => AgentCheck.Tools(checks, owner, location, tools);

    /// <summary>Checks the skills that a node gives its agent.</summary>
    public void Skills(SkillsDefinition skills, AgentDefinition agent) => SkillsCheck.Run(checks, skills, agent);

    /// <summary>Checks the memory that a node gives its agent.</summary>
    public void Memory(MemoryDefinition memory, AgentDefinition agent) => MemoryCheck.Run(checks, memory, agent, names);

    /// <summary>Checks that the tool of a node is known and gets the arguments it takes.</summary>
    public void ToolCall(ToolNode node)
    {
        ToolLookup found = checks.Tools.Find(node.Tool);
        if (found.Kind == ToolLookupKind.Unknown && node.Tool.Length > 0)
            UnknownTool(node);
        else if (found.Kind == ToolLookupKind.Source)
            Error(node, $"'{node.Tool}' stands for several tools; a tool node calls one.", $"Write one of {string.Join(", ", checks.Tools.Expand([node.Tool]))}.", "tool");
        Lesser(node);
        if (found.Description is not { } tool)
            return;
        foreach (string name in node.Arguments.Keys.Where(name => tool.Parameters is { } known && !known.Contains(name)))
            UnknownKey(node, $"{Called(tool)} has no parameter '{name}'.", tool.Parameters!, "arguments", name);
        foreach (string name in tool.RequiredParameters.Where(name => !node.Arguments.ContainsKey(name)))
            Error(node, $"{Called(tool)} needs the argument '{name}'.", $"Add arguments: {{ {name}: … }}.", "arguments");
    }

    /// <summary>Checks that capabilities are in the workflow's graph.</summary>
    public void Capabilities(NodeDefinition node, IReadOnlyList<string> capabilities, string key)
    {
        if (checks.Tools.TrustsCapabilities || capabilities.Count == 0)
            return;
        CapabilityGraph? graph = checks.Workflow.Tools.Graph;
        foreach ((int i, string name) in capabilities.Index())
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"#{i}");
            if (graph is null)
                Error(node, $"There is no capability '{name}': the workflow has no tool graph.", checks.Tools.Hint(ToolCatalog.CapabilityPrefix + name), key, at);
            else if (graph.Goals.FirstOrDefault(goal => goal.Name == name) is { } goal && !graph.Capabilities.Contains(name))
                Error(node, $"'{name}' is a goal.", $"Name what it is made of: {string.Join(", ", goal.Needs)}.", key, at);
            else if (!graph.Capabilities.Contains(name))
                Unknown(node, $"There is no capability '{name}'.", name, graph.Capabilities, key, at);
        }
    }

    /// <summary>Checks that a nested workflow finds its tool graph: a run has one, that of the workflow it was started with.</summary>
    public void ToolGraph(WorkflowNode node)
    {
        ToolRules own = checks.Workflow.Tools, inner = node.Workflow.Tools;
        if (inner.Graph is null || ReferenceEquals(inner.Graph, own.Graph))
            return;
        string[] missing = [.. inner.GraphFiles.Except(own.GraphFiles).Select(Path.GetFileName).OfType<string>()];
        if (inner.GraphFiles.Count == 0 || missing.Length > 0)
            Error(node, $"The workflow '{node.Workflow.Name}' uses a tool graph that this one does not name{(missing.Length > 0 ? $": {string.Join(", ", missing)}" : "")}.", "Name it here too, under tools: { graph: … }.", "workflow");
    }

    /// <summary>Checks grants, each and together, against the budget they are parts of.</summary>
    public void Grants(NodeDefinition node, IEnumerable<Budget> grants) => BudgetCheck.Grants(checks, node, [.. grants]);

    /// <summary>Checks the nodes inside a node.</summary>
    /// <param name="node">The node around them.</param>
    /// <param name="allowed">The kinds that may stand there.</param>
    /// <param name="more">Names that they may read besides the workflow's.</param>
    public void Inner(NodeDefinition node, IReadOnlyList<string> allowed, IReadOnlyDictionary<string, DataType>? more = null)
    {
        foreach (NodeDefinition child in node.Children)
        {
            if (!allowed.Contains(child.Kind) && child is not Yaml.UnreadNode)
                checks.Diagnostics.Error(child.Location, $"A {child.Kind} node cannot stand inside a {node.Kind} node.", $"It may hold {string.Join(", ", allowed)}.");
            var readable = new Dictionary<string, DataType>(names.Names);
            foreach ((string name, DataType type) in more ?? new Dictionary<string, DataType>())
                readable[name] = type;
            readable[child.Name] = child.OutputType;
            checks.CheckNode(child, names with { Names = readable });
        }
    }

    private static string Called(ToolDescription tool) => ToolCatalog.IsCapability(tool.FullName) ? $"The capability '{tool.Capability}'" : $"The tool '{tool.FullName}'";

    private void Lesser(ToolNode node)
    {
        if (!node.AcceptsLesser)
            return;
        CapabilityGoal? goal = checks.Workflow.Tools.Graph?.Goals.FirstOrDefault(goal => CapabilityFunction.FullNameOf(goal.Name) == node.Tool);
        if (!ToolCatalog.IsCapability(node.Tool))
            Error(node, "Only a capability has lesser goals.", "Leave out acceptLesser, or name a capability.", "acceptLesser");
        else if (!checks.Tools.TrustsCapabilities && goal is not { Lesser.Count: > 0 })
            checks.Diagnostics.Warning(checks.Sources.Locate(node, node.Location, "acceptLesser"), $"'{node.Tool}' has no lesser goals to accept.", "Declare them under 'goals' of the tool graph.");
    }

    private void UnknownTool(ToolNode node)
    {
        if (!checks.Sources.Has(node, ToolNode.CapabilityKey))
            Error(node, $"There is no tool '{node.Tool}'.", checks.Tools.Hint(node.Tool), "tool");
        else if (checks.Workflow.Tools.Graph is null)
            Error(node, $"Node '{node.Name}' asks for a capability, but the workflow has no tool graph.", checks.Tools.Hint(node.Tool), ToolNode.CapabilityKey);
        else
            Unknown(node, $"There is no capability '{NameOf(node)}'.", NameOf(node), checks.Tools.Capabilities, ToolNode.CapabilityKey);

        static string NameOf(ToolNode node) => node.Tool[ToolCatalog.CapabilityPrefix.Length..];
    }

    private void Check(object owner, SourceLocation location, string[] path, Action? check)
    {
        try
        {
            check?.Invoke();
        }
        catch (ExpressionException e)
        {
            string what = path.Length == 0 ? "the expression" : $"'{path[^1]}'";
            checks.Diagnostics.Error(checks.Sources.LocateText(owner, location, e.Position, path), $"In {what}: {e.Message}");
        }
    }
}
