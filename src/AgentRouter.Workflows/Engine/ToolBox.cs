using System.Runtime.ExceptionServices;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Functions;
using AgentRouter.Workflows.Engine.Healing;
using AgentRouter.Workflows.Journal;

namespace AgentRouter.Workflows.Engine;

/// <summary>The tools that are open for one run: of all sources, only those that the workflow names.</summary>
internal sealed class ToolBox(IReadOnlyList<IToolSource> sources, CapabilityGraph? graph) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<string> _needed = [];
    private readonly List<(IToolSource Source, IToolSession Session)> _open = [];
    private readonly Dictionary<string, OpenTool> _byName = new(StringComparer.Ordinal);
    private bool _isOpened;

    /// <summary>Says that a node will use a tool, or all tools of a source; does nothing once the box is opened, where the bodies
    /// of maps are made again for each element. Thread-safe.</summary>
    public void Need(string name)
    {
        lock (_lock)
        {
            if (_isOpened)
                return;
            _needed.Add(name);
            // any of them may be on the way
            if (IsCapability(name))
                _needed.AddRange(graph!.Tools.Select(tool => tool.Tool));
        }
    }

    /// <exception cref="NodeFailedException">A source cannot be opened.</exception>
    public async ValueTask OpenAsync(ToolContext context, CancellationToken cancellationToken)
    {
        lock (_lock)
            _isOpened = true;
        foreach (IToolSource source in sources)
        {
            if (!_needed.Exists(name => IsOf(name, source)))
                continue;
            try
            {
                IToolSession session = await source.OpenAsync(context, cancellationToken);
                _open.Add((source, session));
                foreach (OpenTool tool in session.Tools.Where(tool => IsOf(tool.Description.FullName, source)))
                    _byName.TryAdd(tool.Description.FullName, tool);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new NodeFailedException($"The tools '{source.Name}' cannot be opened: {TextLimit.Shorten(exception.Message, TextLimit.Event)}", exception);
            }
        }
    }

    private IReadOnlyList<OpenTool> Capabilities => field ??= graph is null ? [] : CapabilityCalls.ToolsOf(graph);

    /// <summary>Gets the full names of the open tools.</summary>
    public IReadOnlyList<string> Names => [.. _open.SelectMany(open => open.Session.Tools).Select(tool => tool.Description.FullName)];

    /// <summary>Describes the open tools, so that a run can be done again without opening them.</summary>
    public byte[] Describe() => RecordedTools.Write(_open.Select(open => (open.Source.Name, open.Session.Tools)));

    /// <summary>Finds one tool by its full name.</summary>
    /// <exception cref="NodeFailedException">There is none.</exception>
    public OpenTool Find(string fullName) => (IsCapability(fullName) ? Capabilities.FirstOrDefault(tool => tool.Description.FullName == fullName) : null)
        ?? TryFind(fullName) ?? throw Missing(fullName);

    /// <summary>Finds one tool by its full name, if it is open.</summary>
    public OpenTool? TryFind(string fullName) => _byName.GetValueOrDefault(fullName);

    /// <summary>Finds the tools that names stand for: a tool each, or all of a source.</summary>
    /// <exception cref="NodeFailedException">A name stands for nothing.</exception>
    public List<OpenTool> Resolve(IReadOnlyList<string> names)
    {
        List<OpenTool> tools = [];
        foreach (string name in names)
        {
            int at = _open.FindIndex(open => open.Source.Name == name);
            IReadOnlyList<OpenTool> found = at >= 0 ? _open[at].Session.Tools : graph is not null && name == CapabilityFunction.SourceName ? Capabilities : [Find(name)];
            foreach (OpenTool tool in found)
            {
                if (!tools.Exists(other => other.Description.FullName == tool.Description.FullName))
                    tools.Add(tool);
            }
        }

        return tools;
    }

    /// <summary>Closes all tools, the others too where one cannot be closed; then throws the first error.</summary>
    public async ValueTask DisposeAsync()
    {
        ExceptionDispatchInfo? first = null;
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            try
            {
                await _open[i].Session.DisposeAsync();
            }
            catch (Exception exception)
            {
                first ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        _open.Clear();
        first?.Throw();
    }

    private bool IsCapability(string name) =>
        graph is not null && name.StartsWith(CapabilityFunction.SourceName, StringComparison.Ordinal)
        && (name.Length == CapabilityFunction.SourceName.Length || name[CapabilityFunction.SourceName.Length] == '.');

    private static bool IsOf(string name, IToolSource source) =>
        name.StartsWith(source.Name, StringComparison.Ordinal) && (name.Length == source.Name.Length || name[source.Name.Length] == '.');

    private NodeFailedException Missing(string name)
    {
        string known = _open.Count == 0
            ? "no tools are open"
            : "the open tools are " + string.Join(", ", _open.SelectMany(open => open.Session.Tools).Select(tool => tool.Description.FullName));
        return new NodeFailedException($"There is no tool '{name}': {TextLimit.Shorten(known, TextLimit.Event)}.");
    }
}
