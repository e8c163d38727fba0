using AgentRouter.Expressions;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Functions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Yaml;
using AgentRouter.Workflows.Yaml.ToolGraphs;

namespace AgentRouter.Workflows.Validation;

/// <summary>Checks the tools of a graph against what is known of tools: they exist, are given what they take, and templates read what is there.</summary>
/// <param name="catalog">What is known of tools.</param>
/// <param name="diagnostics">Takes what is wrong.</param>
/// <param name="sources">Where things stand.</param>
/// <param name="isAlone">Whether no workflow is around it: then tools may belong to an application that is not known here.</param>
internal sealed class ToolGraphCheck(ToolCatalog catalog, DiagnosticBag diagnostics, SourceMap sources, bool isAlone = false)
{
    private const int Shown = 6;

    private readonly List<(string Tool, SourceLocation At)> _elsewhere = [];
    private IReadOnlyList<Placed<CapabilityTool>> _tools = [];
    private Dictionary<string, DataType> _types = [];
    private HashSet<string> _facts = [];

    /// <summary>Checks a workflow's graph that was made in C#. Those from files were checked when they were read.</summary>
    public static void Run(WorkflowChecks checks)
    {
        if (checks.Workflow.Tools is { Graph: { } graph, GraphFiles.Count: 0 })
            new ToolGraphCheck(checks.Tools, checks.Diagnostics, checks.Sources).Run([.. graph.Tools.Select(tool => new Placed<CapabilityTool>(tool, checks.Workflow.Location))], graph.Facts);
    }

    public void Run(IReadOnlyList<Placed<CapabilityTool>> tools, IReadOnlyList<CapabilityFact> facts)
    {
        _tools = tools;
        _facts = [.. facts.Select(fact => fact.Name)];
        _types = Types(facts);
        Names();
        foreach (Placed<CapabilityTool> tool in tools)
        {
            Tool(tool);
            foreach ((string parameter, object value) in tool.Value.Arguments)
                Argument(tool, parameter, value as Template);
        }

        if (_elsewhere.Count > 0)
        {
            string names = string.Join(", ", _elsewhere.Take(Shown).Select(tool => tool.Tool)) + (_elsewhere.Count > Shown ? ", …" : "");
            bool isOfServer = _elsewhere.Exists(tool => tool.Tool.StartsWith("mcp.", StringComparison.Ordinal));
            diagnostics.Warning(_elsewhere[0].At, $"Not known here: {names}.", $"Whoever uses the graph must bring them{(isOfServer ? $": add servers under 'mcp:' in {ConfigurationLoader.FileName}." : ".")}");
        }
    }

    private Dictionary<string, DataType> Types(IReadOnlyList<CapabilityFact> facts)
    {
        var types = new Dictionary<string, DataType>(StringComparer.Ordinal);
        ILookup<string, CapabilityTool> providers = _tools.SelectMany(tool => tool.Value.Provides.Select(capability => (capability, tool.Value))).ToLookup(each => each.capability, each => each.Value);
        foreach (IGrouping<string, CapabilityTool> capability in providers)
            types[capability.Key] = CapabilityTypes.Of(capability.Key, capability, ResultOf);
        // whoever calls may give what a tool provides too
        foreach (CapabilityFact fact in facts)
            types[fact.Name] = types.TryGetValue(fact.Name, out DataType? type) && !CapabilityTypes.AreSame(type, fact.Type) ? DataType.Any : fact.Type;
        return types;
    }

    private DataType ResultOf(CapabilityTool tool) => tool.Result != DataType.Any ? tool.Result : catalog.Find(tool.Tool).Description?.ResultType ?? DataType.Any;

    // characters that models may not use become underscores, so two names may become one
    private void Names()
    {
        foreach (IGrouping<string, string> same in _types.Keys.Where(name => name.Length > 0 && !_facts.Contains(name)).GroupBy(CapabilityFunction.FullNameOf).Where(group => group.Skip(1).Any()))
        {
            SourceLocation at = _tools.Last(tool => tool.Value.Provides.Any(same.Contains)).At;
            diagnostics.Error(at, $"The capabilities {string.Join(" and ", same.Select(name => $"'{name}'"))} would both be called '{same.Key}'.", "Give one of them another name.");
        }
    }

    private void Tool(Placed<CapabilityTool> placed)
    {
        CapabilityTool tool = placed.Value;
        SourceLocation at = sources.Has(tool, "tool") ? sources.Locate(tool, placed.At, "tool") : placed.At;
        if (ToolCatalog.IsCapability(tool.Tool))
        {
            diagnostics.Error(at, $"Tool '{tool.Name}' of the graph cannot be a capability itself.", "Name the tool that is called.");
            return;
        }

        ToolLookup found = catalog.Find(tool.Tool);
        bool isElsewhere = found.Kind == ToolLookupKind.Unknown && isAlone && !catalog.HasSourceOf(tool.Tool);
        // a name without a source is that of a function of the application
        if (isElsewhere && tool.Tool.Contains('.', StringComparison.Ordinal))
            _elsewhere.Add((tool.Tool, at));
        else if (isElsewhere)
            return;
        else if (found.Kind == ToolLookupKind.Unknown)
            diagnostics.Error(at, $"There is no tool '{tool.Tool}'.", tool.Tool == tool.Name ? "Say which tool is called: tool: SOURCE.NAME." : catalog.Hint(tool.Tool));
        else if (found.Kind == ToolLookupKind.Source)
            diagnostics.Error(at, $"'{tool.Tool}' stands for several tools; a tool of the graph is one.", $"Write one of {string.Join(", ", catalog.Expand([tool.Tool]))}.");
        if (found.Description is { } description)
            Parameters(placed, description);
    }

    private void Parameters(Placed<CapabilityTool> placed, ToolDescription description)
    {
        CapabilityTool tool = placed.Value;
        foreach (string name in tool.Arguments.Keys.Where(name => description.Parameters is { } known && !known.Contains(name)))
            diagnostics.Error(sources.LocateKey(tool, placed.At, "with", name), $"The tool '{description.FullName}' has no parameter '{name}'.", Suggestions.Suggestion.Sentence(name, description.Parameters!));
        foreach (string name in description.RequiredParameters.Where(name => !tool.Arguments.ContainsKey(name) && !tool.Needs.Contains(name) && name != ToolTraits.IdempotencyKey))
            diagnostics.Error(placed.At, $"The tool '{description.FullName}' needs the argument '{name}'.", $"Add needs: {name}, or say where it comes from: with: {{ {name}: … }}.");
    }

    private void Argument(Placed<CapabilityTool> placed, string parameter, Template? template)
    {
        if (template is null)
            return;
        CapabilityTool tool = placed.Value;
        var read = new ReadNames(_types);
        try
        {
            template.Check(new ExpressionNames(read, []));
        }
        catch (ExpressionException e)
        {
            diagnostics.Error(sources.LocateText(tool, placed.At, e.Position, "with", parameter), $"In '{parameter}' of tool '{tool.Name}': {e.Message}");
            return;
        }

        foreach (string name in read.Found.Where(name => !tool.Needs.Contains(name)))
        {
            diagnostics.Warning(
                sources.Locate(tool, placed.At, "with", parameter),
                $"Tool '{tool.Name}' reads '{name}' and does not need it, so it may be called before '{name}' is known.",
                "Add it to 'needs'.");
        }
    }
}
