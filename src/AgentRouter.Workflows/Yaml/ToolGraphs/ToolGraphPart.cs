using AgentRouter.Tools.Capabilities;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Yaml.ToolGraphs;

/// <summary>What one file says of a tool graph; several files may make one.</summary>
internal sealed record ToolGraphPart
{
    public required IReadOnlyList<Placed<CapabilityTool>> Tools { get; init; }

    public required IReadOnlyList<Placed<CapabilityFact>> Facts { get; init; }

    public required IReadOnlyList<Placed<CapabilityGoal>> Goals { get; init; }

    /// <summary>Gets what is said of capabilities and goals, by name.</summary>
    public required IReadOnlyList<(string Name, Placed<string> Text)> Descriptions { get; init; }
}

/// <summary>A part of a graph and where it was written.</summary>
internal readonly record struct Placed<T>(T Value, SourceLocation At);
