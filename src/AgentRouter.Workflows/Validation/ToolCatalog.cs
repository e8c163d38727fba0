using AgentRouter.Configuration;
using AgentRouter.Suggestions;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Functions;
using AgentRouter.Tools.Workspace;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine.Healing;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Validation;

/// <summary>The tools that may be named, as far as they are known before a run.</summary>
internal sealed class ToolCatalog
{
    private readonly Dictionary<string, ToolDescription> _tools = [];
    private readonly Dictionary<string, IReadOnlyList<string>?> _trusted = [];
    private readonly HashSet<string> _sources = [];

    /// <summary>What the full names of capabilities begin with.</summary>
    public const string CapabilityPrefix = CapabilityFunction.SourceName + ".";

    private readonly CapabilityGraph? _graph;

    /// <summary>Makes a catalog.</summary>
    /// <param name="options">The sources of tools.</param>
    /// <param name="rules">What a workflow says of tools: the capabilities of its graph are tools too.</param>
    public ToolCatalog(WorkflowLoadOptions options, ToolRules? rules = null)
    {
        _graph = rules?.Graph;
        TrustsCapabilities = rules is { Graph: null, GraphFiles.Count: > 0 };
        foreach (IToolSource source in options.Tools)
            Add(source.Name, source.Descriptions);
        if (!_sources.Contains(WorkspaceToolDescriptions.SourceName))
            Add(WorkspaceToolDescriptions.SourceName, WorkspaceToolDescriptions.All);
        foreach ((string name, McpServerSettings server) in options.Configuration?.McpServers ?? new Dictionary<string, McpServerSettings>())
        {
            string source = "mcp." + name;
            if (_sources.Add(source))
                _trusted[source] = server.AllowedTools;
        }
    }

    /// <summary>Gets a value indicating whether every capability counts as known: there is a graph, and it cannot be read or is not known yet.</summary>
    public bool TrustsCapabilities { get; init; }

    /// <summary>Gets the names of sources and of the tools that are known.</summary>
    public IEnumerable<string> Names => _tools.Keys.Concat(_sources).Concat(_graph is null ? [] : Capabilities.Select(CapabilityFunction.FullNameOf).Prepend(CapabilityFunction.SourceName));

    /// <summary>Gets what is known of each tool.</summary>
    public IReadOnlyCollection<ToolDescription> Descriptions => _tools.Values;

    /// <summary>Gets the names of the goals and capabilities of the workflow's graph.</summary>
    public IReadOnlyList<string> Capabilities => _graph is null ? [] : [.. CapabilityTools.NamesOf(_graph)];

    /// <summary>Tells whether a name stands for a capability, or for all of them.</summary>
    public static bool IsCapability(string name) => name == CapabilityFunction.SourceName || name.StartsWith(CapabilityPrefix, StringComparison.Ordinal);

    /// <summary>Gets what may help with the name of a tool that is not known, as a sentence.</summary>
    public string? Hint(string name)
    {
        if (IsCapability(name))
            return _graph is null ? "Name the file of a tool graph: tools: { graph: tools/NAME.yaml }." : Suggestion.Sentence(name, Capabilities.Select(CapabilityFunction.FullNameOf));
        return name.StartsWith("mcp.", StringComparison.Ordinal) && !_sources.Any(source => source.StartsWith("mcp.", StringComparison.Ordinal))
            ? $"Add its server under 'mcp:' in {ConfigurationLoader.FileName}."
            : Suggestion.Sentence(name, Names);
    }

    /// <summary>Tells whether a name begins with that of a source that is known.</summary>
    public bool HasSourceOf(string name) => _sources.Any(source => name.StartsWith(source + ".", StringComparison.Ordinal));

    public ToolLookup Find(string name)
    {
        if (IsCapability(name) && (_graph is not null || TrustsCapabilities))
            return Capability(name);
        if (_sources.Contains(name))
            return new ToolLookup(ToolLookupKind.Source, null);
        if (_tools.TryGetValue(name, out ToolDescription? description))
            return new ToolLookup(ToolLookupKind.Tool, description);
        foreach ((string source, IReadOnlyList<string>? allowed) in _trusted)
        {
            if (name.StartsWith(source + ".", StringComparison.Ordinal) && (allowed is null || allowed.Contains(name[(source.Length + 1)..])))
                return new ToolLookup(ToolLookupKind.Trusted, null);
        }

        return new ToolLookup(ToolLookupKind.Unknown, null);
    }

    /// <summary>Lists the tools that a list of names stands for: a source stands for all its known tools.</summary>
    public IEnumerable<string> Expand(IEnumerable<string> names) => names.SelectMany(name => name == CapabilityFunction.SourceName && _graph is not null
        ? Capabilities.Select(CapabilityFunction.FullNameOf)
        : !_sources.Contains(name)
        ? [name]
        : _tools.Keys.Where(tool => tool.StartsWith(name + ".", StringComparison.Ordinal))).Distinct();

    private ToolLookup Capability(string name)
    {
        if (TrustsCapabilities)
            return new ToolLookup(ToolLookupKind.Trusted, null);
        if (name == CapabilityFunction.SourceName)
            return new ToolLookup(ToolLookupKind.Source, null);
        return CapabilityTools.FindByFullName(_graph!, name) is { } goal
            ? new ToolLookup(ToolLookupKind.Tool, CapabilityTools.Describe(_graph!, goal))
            : new ToolLookup(ToolLookupKind.Unknown, null);
    }

    private void Add(string source, IReadOnlyList<ToolDescription>? descriptions)
    {
        _sources.Add(source);
        if (descriptions is null)
            _trusted[source] = null;
        foreach (ToolDescription description in descriptions ?? [])
            _tools[description.FullName] = description;
    }
}
