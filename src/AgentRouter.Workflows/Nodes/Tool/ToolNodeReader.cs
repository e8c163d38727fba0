using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Functions;
using AgentRouter.Workflows.Engine.Healing;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Nodes.Tool;

/// <summary><c>tool: workspace.test</c> or <c>capability: refund</c>, with <c>arguments</c>, <c>acceptLesser</c>.</summary>
internal sealed class ToolNodeReader : NodeReader<ToolNode>
{
    public override string Kind => ToolNode.KindName;

    public override IReadOnlyList<string> Keys => [ToolNode.KindName, ToolNode.CapabilityKey];

    public override ToolNode Read(NodeReading reading)
    {
        MapReader map = reading.Map;
        if (map.Has(ToolNode.KindName) && map.Has(ToolNode.CapabilityKey))
            reading.File.Error(map.Name, $"{MapReader.Capital(map.What)} is {ToolNode.KindName} and {ToolNode.CapabilityKey} at once.", "Keep one of these keys.");
        string? tool = map.Has(ToolNode.KindName) ? Values.Text(reading.File, map.FindOrNull(ToolNode.KindName)!, map.Of(ToolNode.KindName)) : null;
        if (map.FindOrNull(ToolNode.CapabilityKey) is { } written && Values.Text(reading.File, written, map.Of(ToolNode.CapabilityKey)) is { } capability)
            tool ??= FullNameOf(reading, written, capability);
        var node = new ToolNode
        {
            Name = reading.Name,
            Tool = tool ?? "",
            Arguments = ArgumentsReader.Read(map.Map("arguments")),
            AcceptsLesser = map.Boolean("acceptLesser") ?? false,
        };
        return node with { ResultType = TypeOf(node, reading) };
    }

    public override void Check(ToolNode node, NodeChecking checking)
    {
        checking.ToolCall(node);
        checking.Arguments(node, node.Arguments, "arguments");
    }

    private static string? FullNameOf(NodeReading reading, YamlNode written, string capability)
    {
        if (capability.Length > 0)
            return CapabilityFunction.FullNameOf(capability);
        reading.File.Error(written, $"{MapReader.Capital(reading.Map.Of(ToolNode.CapabilityKey))} is empty.", "Name a goal or capability of the tool graph.");
        return null;
    }

    private static DataType TypeOf(ToolNode node, NodeReading reading)
    {
        if (!ToolCatalog.IsCapability(node.Tool))
            return reading.Workflow.Session.Tools.Find(node.Tool).Description?.ResultType ?? DataType.Any;
        CapabilityGraph? graph = reading.Workflow.Tools.Graph;
        return graph is not null && CapabilityTools.FindByFullName(graph, node.Tool) is { } goal ? CapabilityTypes.Of(graph, goal, node.AcceptsLesser) : DataType.Any;
    }
}
