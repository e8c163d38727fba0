using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Nodes.End;

/// <summary>The run ends here.</summary>
public sealed record EndNode : NodeDefinition
{
    /// <summary>The kind in YAML.</summary>
    public const string KindName = "end";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Gets how the run ends: succeeded or failed.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Gets the run's answer, or <see langword="null"/> for the output of the node before.</summary>
    public Template? Answer { get; init; }

    /// <summary>Gets why, for people.</summary>
    public Template? Reason { get; init; }

    /// <inheritdoc/>
    public override DataType OutputType => DataType.Any;
}
