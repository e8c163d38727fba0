using AgentRouter.Configuration;
using AgentRouter.Tools;
using AgentRouter.Tools.Workspace;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Validation;

/// <summary>The tools that may be named, as far as they are known before a run.</summary>
internal sealed class ToolCatalog
{
    private readonly Dictionary<string, ToolDescription> _tools = [];
    private readonly Dictionary<string, IReadOnlyList<string>?> _trusted = [];
    private readonly HashSet<string> _sources = [];

    public ToolCatalog(WorkflowLoadOptions options)
    {
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

    /// <summary>Gets the names of sources and of the tools that are known.</summary>
    public IEnumerable<string> Names => _tools.Keys.Concat(_sources);

    /// <summary>Gets what is known of each tool.</summary>
    public IReadOnlyCollection<ToolDescription> Descriptions => _tools.Values;

    public ToolLookup Find(string name)
    {
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
    public IEnumerable<string> Expand(IEnumerable<string> names) => names.SelectMany(name => !_sources.Contains(name)
        ? [name]
        : _tools.Keys.Where(tool => tool.StartsWith(name + ".", StringComparison.Ordinal))).Distinct();

    private void Add(string source, IReadOnlyList<ToolDescription>? descriptions)
    {
        _sources.Add(source);
        if (descriptions is null)
            _trusted[source] = null;
        foreach (ToolDescription description in descriptions ?? [])
            _tools[description.FullName] = description;
    }
}
