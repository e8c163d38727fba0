using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Nodes;

/// <summary>Reads and checks one kind of node. Each kind has its own in its folder; <see cref="NodeReaders"/> lists them.</summary>
internal interface INodeReader
{
    /// <summary>Gets the kind: the key that tells it in YAML, or the usual one.</summary>
    string Kind { get; }

    /// <summary>Gets the keys that tell it, one of which a node has.</summary>
    IReadOnlyList<string> Keys => [Kind];

    /// <summary>Reads what is the kind's own; name, description, output, next, onError, verify, timeout and location are read for all kinds alike.</summary>
    /// <returns>The node. What is wrong is reported and stood in for; <see langword="null"/> when not even a stand-in is possible.</returns>
    NodeDefinition? Read(NodeReading reading);

    /// <summary>Checks what is the kind's own, of a node from YAML or C#.</summary>
    void Check(NodeDefinition node, NodeChecking checking);
}
