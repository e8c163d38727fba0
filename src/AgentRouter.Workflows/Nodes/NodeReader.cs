using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Nodes;

/// <summary>Reads and checks one kind of node.</summary>
internal abstract class NodeReader<TNode> : INodeReader
    where TNode : NodeDefinition
{
    public abstract string Kind { get; }

    public virtual IReadOnlyList<string> Keys => [Kind];

    public abstract TNode? Read(NodeReading reading);

    public abstract void Check(TNode node, NodeChecking checking);

    NodeDefinition? INodeReader.Read(NodeReading reading) => Read(reading);

    void INodeReader.Check(NodeDefinition node, NodeChecking checking) => Check((TNode)node, checking);
}
