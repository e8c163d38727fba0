using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Nodes.Agent;

/// <summary><c>agent: coder</c> or <c>agent: { instructions: … }</c>, with <c>prompt</c>, <c>tools</c>, <c>skills</c>, <c>memory</c>, <c>requires</c>, <c>outputSchema</c>, <c>conversation</c>.</summary>
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
            Agent = ReadAgent(reading, reading.Value, map.Of(AgentNode.KindName), $"the agent of node '{reading.Name}'") ?? LoadSession.StandIn(reading.Name),
            Prompt = map.Template("prompt"),
            Tools = map.Texts("tools"),
            Skills = SkillsReader.Read(map, reading.Sources),
            Memory = MemoryReader.Read(map, reading.Sources),
            OutputSchema = TypeReader.Fields(map.File, map.Find("outputSchema"), map.Of("outputSchema")),
            Requires = map.Texts("requires") ?? [],
            KeepConversation = map.Choice("conversation", Conversations) ?? false,
        };
    }

    public override void Check(AgentNode node, NodeChecking checking)
    {
        checking.Template(node, node.Prompt, "prompt");
        checking.Agent(node.Agent, node);
        if (node.Tools is { } tools)
            checking.Tools(node, node.Location, tools);
        if (node.Skills is { } skills)
            checking.Skills(skills, node.Agent);
        if (node.Memory is { } memory)
            checking.Memory(memory, node.Agent);
        checking.Capabilities(node, node.Requires, "requires");
    }

    /// <summary>Reads an agent that a node names or holds.</summary>
    /// <param name="reading">The node.</param>
    /// <param name="value">The agent's name, or the agent itself.</param>
    /// <param name="key">The key it stands under, for messages.</param>
    /// <param name="inline">What an agent that is written here is called in messages.</param>
    public static AgentDefinition? ReadAgent(NodeReading reading, YamlNode value, string key, string inline)
    {
        if (value is YamlMappingNode mapping)
            return AgentReader.Read(new MapReader(reading.File, mapping, inline), reading.Name, reading.Sources);
        if (Values.Text(reading.File, value, key) is not { } reference)
            return null;
        return reading.Workflow.Session.Agent(reading.File, value, reference, reading.Workflow.Agents);
    }
}
