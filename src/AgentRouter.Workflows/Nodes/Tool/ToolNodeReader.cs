using AgentRouter.Expressions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Nodes.Tool;

/// <summary><c>tool: workspace.test</c> with <c>arguments</c>.</summary>
internal sealed class ToolNodeReader : NodeReader<ToolNode>
{
    public override string Kind => ToolNode.KindName;

    public override ToolNode Read(NodeReading reading)
    {
        string? tool = Values.Text(reading.File, reading.Value, reading.Map.Of(ToolNode.KindName));
        return new ToolNode
        {
            Name = reading.Name,
            Tool = tool ?? "",
            Arguments = reading.Arguments(reading.Map.Map("arguments")),
            ResultType = reading.Workflow.Session.Tools.Find(tool ?? "").Description?.ResultType ?? DataType.Any,
        };
    }

    public override void Check(ToolNode node, NodeChecking checking)
    {
        checking.ToolCall(node);
        checking.Arguments(node, node.Arguments, "arguments");
    }
}
