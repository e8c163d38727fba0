using System.Text.Json.Nodes;
using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Nodes.Tool;

/// <summary>One tool is called, without a model.</summary>
public sealed record ToolNode : NodeDefinition
{
    /// <summary>The kind in YAML.</summary>
    public const string KindName = "tool";

    /// <summary>The key in YAML of a node that names a capability instead of a tool.</summary>
    internal const string CapabilityKey = "capability";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Gets the tool's full name: <c>workspace.test</c>, or <c>capability.refund</c> for a goal or capability of the workflow's graph.</summary>
    public required string Tool { get; init; }

    /// <summary>Gets the arguments by name; a <see cref="Template"/> for text that is filled in, a text, number or boolean as it is, a <see cref="JsonNode"/> for everything else.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; init; } = new Dictionary<string, object?>();

    /// <summary>Gets a value indicating whether a lesser goal is good enough, where the tool is a capability of the workflow's graph. By default the node fails then.</summary>
    public bool AcceptsLesser { get; init; }

    /// <summary>Gets the type of the tool's result; set by the loader where the tool is known.</summary>
    public DataType ResultType { get; init; } = DataType.Any;

    /// <inheritdoc/>
    public override DataType OutputType => ResultType;
}
