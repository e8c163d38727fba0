using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Nodes.Branch;

/// <summary>Only chooses the way on, by the conditions of its edges.</summary>
public sealed record BranchNode : NodeDefinition
{
    /// <summary>The kind in YAML.</summary>
    public const string KindName = "branch";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override DataType OutputType => DataType.Any;
}
