using AgentRouter.Expressions;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.Human;
using AgentRouter.Workflows.Nodes.Route;
using AgentRouter.Workflows.Nodes.Tool;
using AgentRouter.Workflows.Nodes.Workflow;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Nodes.Map;

/// <summary><c>map: { over: plan.questions, as: question, parallelism: 4, node: { agent: … } }</c>.</summary>
internal sealed class MapNodeReader : NodeReader<MapNode>
{
    private const int MostParallel = 256;

    private static readonly string[] Allowed = [AgentNode.KindName, RouteNode.KindName, ToolNode.KindName, HumanNode.KindName, WorkflowNode.KindName];

    public override string Kind => MapNode.KindName;

    public override MapNode Read(NodeReading reading)
    {
        MapReader map = reading.Inner(MapNode.KindName);
        var over = map.Require("over", "over: an expression that is a list, such as plan.files");
        var body = map.Require("node", "node: { agent: … }");
        var node = new MapNode
        {
            Name = reading.Name,
            Over = (over is null ? null : Values.Expression(map.File, over, map.Of("over"), isCondition: false)) ?? Expression.Parse("null", ExpressionNames.Unchecked),
            As = map.Text("as") ?? "item",
            Parallelism = (int)(map.Integer("parallelism", 1, MostParallel) ?? MapNode.DefaultParallelism),
            Body = body is null ? new UnreadNode { Name = reading.Name } : reading.Workflow.ReadNode(reading.Name, body, body, isInner: true),
        };
        map.Finish();
        return node;
    }

    public override void Check(MapNode node, NodeChecking checking)
    {
        DataType? type = checking.Expression(node, node.Over, "map", "over");
        if (type is not null && type != DataType.Any && type is not DataType.List)
            checking.Error(node, $"'over' should be a list, but '{node.Over}' is a {type}.", null, "map", "over");
        if (node.Parallelism < 1)
            checking.Error(node, "'parallelism' is at least 1.", null, "map", "parallelism");
        checking.OwnName(node, node.As, "map", "as");
        checking.Inner(node, Allowed, new Dictionary<string, DataType>
        {
            [node.As] = type is DataType.List list ? list.Element : DataType.Any,
            ["index"] = DataType.Number,
        });
    }
}
