using AgentRouter.Budgets;
using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Nodes.Parallel;

/// <summary>Branches that run at the same time, each with a grant of the budget.</summary>
public sealed record ParallelNode : NodeDefinition
{
    /// <summary>The kind in YAML.</summary>
    public const string KindName = "parallel";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Gets the branches: one node each (agent, route, tool, human, map or workflow). The node's output is an object with a field a branch.</summary>
    public required IReadOnlyList<NodeDefinition> Branches { get; init; }

    /// <summary>Gets how many branches must finish: all (<see langword="null"/>), or this many; the rest are cancelled. <c>any</c> is 1.</summary>
    public int? Join { get; init; }

    /// <summary>Gets the grant of each branch by its name; a branch without one gets an equal share of what is left.</summary>
    public IReadOnlyDictionary<string, Budget> Grants { get; init; } = new Dictionary<string, Budget>();

    /// <inheritdoc/>
    public override IReadOnlyList<NodeDefinition> Children => Branches;

    /// <inheritdoc/>
    public override DataType OutputType =>
        new DataType.Object(Branches.DistinctBy(branch => branch.Name).ToDictionary(branch => branch.Name, branch => branch.OutputType));
}
