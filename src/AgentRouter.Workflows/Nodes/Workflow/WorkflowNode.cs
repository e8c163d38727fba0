using AgentRouter.Budgets;
using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Nodes.Workflow;

/// <summary>Another workflow runs inside this one, with a grant of the budget.</summary>
public sealed record WorkflowNode : NodeDefinition
{
    /// <summary>The kind in YAML.</summary>
    public const string KindName = "workflow";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Gets the workflow.</summary>
    public required WorkflowDefinition Workflow { get; init; }

    /// <summary>Gets its inputs by name; a <see cref="Template"/> for text, a <c>JsonNode</c> for everything else.</summary>
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = new Dictionary<string, object?>();

    /// <summary>Gets its grant, or <see langword="null"/> to share this workflow's budget.</summary>
    public Budget? Grant { get; init; }

    /// <inheritdoc/>
    public override DataType OutputType => DataType.Any;
}
