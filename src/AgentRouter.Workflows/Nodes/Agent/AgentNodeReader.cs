using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Nodes.Agent;

/// <summary><c>agent: coder</c> or <c>agent: { instructions: … }</c>, with <c>prompt</c>, <c>tools</c>, <c>outputSchema</c>, <c>conversation</c>.</summary>
internal sealed class AgentNodeReader : NodeReader<AgentNode>
{
    private static readonly Dictionary<string, bool> Conversations = new() { ["keep"] = true, ["fresh"] = false };

    public override string Kind => AgentNode.KindName;

    public override AgentNode Read(NodeReading reading)
    {
        MapReader map = reading.Map;
        return new AgentNode
        {
            Name = reading.Name,
            Agent = ReadAgent(reading) ?? LoadSession.StandIn(reading.Name),
            Prompt = map.Template("prompt"),
            Tools = map.Texts("tools"),
            OutputSchema = TypeReader.Fields(map.File, map.Find("outputSchema"), map.Of("outputSchema")),
            KeepConversation = map.Choice("conversation", Conversations) ?? false,
        };
    }

    public override void Check(AgentNode node, NodeChecking checking)
    {
        checking.Template(node, node.Prompt, "prompt");
        checking.Agent(node.Agent, node);
        if (node.Tools is { } tools)
            checking.Tools(node, node.Location, tools);
    }

    private static AgentDefinition? ReadAgent(NodeReading reading)
    {
        if (reading.Value is YamlMappingNode inline)
            return AgentReader.Read(new MapReader(reading.File, inline, $"the agent of node '{reading.Name}'"), reading.Name, reading.Sources);
        if (Values.Text(reading.File, reading.Value, reading.Map.Of(AgentNode.KindName)) is not { } reference)
            return null;
        return reading.Workflow.Session.Agent(reading.File, reading.Value, reference, reading.Workflow.Agents);
    }
}
