using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Nodes.Branch;

/// <summary><c>branch: [ { when: …, to: … }, { to: … } ]</c>, or an empty <c>branch:</c> with <c>next</c>.</summary>
internal sealed class BranchNodeReader : NodeReader<BranchNode>
{
    public override string Kind => BranchNode.KindName;

    public override BranchNode Read(NodeReading reading) => new()
    {
        Name = reading.Name,
        Next = YamlFile.IsNull(reading.Value) || reading.Value is YamlMappingNode { Children.Count: 0 }
            ? []
            : EdgeReader.Read(reading.File, reading.Value, reading.Map.Of(BranchNode.KindName), reading.Sources),
    };

    public override void Check(BranchNode node, NodeChecking checking)
    {
        // its edges are checked like those of every node
    }
}
