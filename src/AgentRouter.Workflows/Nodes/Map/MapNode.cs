using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Nodes.Map;

/// <summary>One node for each element of a list, several at a time, each with a grant of the budget.</summary>
public sealed record MapNode : NodeDefinition
{
    /// <summary>The kind in YAML.</summary>
    public const string KindName = "map";

    /// <summary>How many elements are worked on at a time when the node names no number.</summary>
    public const int DefaultParallelism = 4;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Gets the list.</summary>
    public required Expression Over { get; init; }

    /// <summary>Gets the name under which the element is read; the default is <c>item</c>. Its position is read as <c>index</c>, from 0.</summary>
    public string As { get; init; } = "item";

    /// <summary>Gets the node that runs for each element (agent, route, tool, human or workflow); a definition read from YAML gives it the name of the map.</summary>
    public required NodeDefinition Body { get; init; }

    /// <summary>Gets how many elements are worked on at a time.</summary>
    public int Parallelism { get; init; } = DefaultParallelism;

    /// <inheritdoc/>
    public override IReadOnlyList<NodeDefinition> Children => [Body];

    /// <inheritdoc/>
    public override DataType OutputType => new DataType.List(Body.OutputType);
}
