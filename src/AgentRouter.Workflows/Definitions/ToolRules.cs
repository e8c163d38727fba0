using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Workflows.Definitions;

/// <summary>What a workflow says of calling tools.</summary>
public sealed record ToolRules
{
    /// <summary>Gets the tools that a person must approve before they are called: full names, with <c>*</c> for any letters.</summary>
    public IReadOnlyList<string> Approve { get; init; } = [];

    /// <summary>Gets what happens with a call of which nobody knows whether it took effect.</summary>
    public OnDoubt OnDoubt { get; init; }

    /// <summary>Gets the tools that heal each other, or <see langword="null"/>: nodes name their capabilities as <c>capability.refund</c>.</summary>
    public CapabilityGraph? Graph { get; init; }

    /// <summary>Gets the files that the graph was read from, as absolute paths; empty for a graph made in C#.</summary>
    public IReadOnlyList<string> GraphFiles { get; init; } = [];
}
