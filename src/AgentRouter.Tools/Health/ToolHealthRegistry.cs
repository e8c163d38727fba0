using System.Collections.Concurrent;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Tools.Health;

/// <summary>The health of all tools of a process, by name: what one run learns about a tool, the others know. Thread-safe.</summary>
public sealed class ToolHealthRegistry
{
    private readonly ConcurrentDictionary<string, ToolHealth> _tools = new(StringComparer.Ordinal);
    private readonly ToolHealthOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes a registry in which all tools are well.</summary>
    /// <param name="options">How health is measured.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ToolHealthRegistry(ToolHealthOptions? options = null, TimeProvider? timeProvider = null)
    {
        _options = (options ?? new ToolHealthOptions()).Validate();
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Gets the health of a tool; two tools of a graph that call the same one share it.</summary>
    /// <param name="tool">The tool.</param>
    public ToolHealth Of(CapabilityTool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return _tools.GetOrAdd(tool.Tool, static (name, at) => new ToolHealth(name, at.tool.CallsPerMinute, at.registry._options, at.registry._timeProvider), (tool, registry: this));
    }

    internal long Now => _timeProvider.GetTimestamp();

    /// <summary>Looks at all tools that were asked for, in the order of their names.</summary>
    public IReadOnlyList<ToolHealthSnapshot> Snapshot() => [.. _tools.Values.Select(tool => tool.Snapshot()).OrderBy(tool => tool.Tool, StringComparer.Ordinal)];
}
