using System.Globalization;
using AgentRouter.Budgets;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.Human;
using AgentRouter.Workflows.Nodes.Map;
using AgentRouter.Workflows.Nodes.Route;
using AgentRouter.Workflows.Nodes.Tool;
using AgentRouter.Workflows.Nodes.Workflow;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Nodes.Parallel;

/// <summary><c>parallel: { branches: { a: { … }, b: { … } }, join: all, grants: { a: { usd: 0.05 } } }</c>.</summary>
internal sealed class ParallelNodeReader : NodeReader<ParallelNode>
{
    private static readonly string[] Allowed = [AgentNode.KindName, RouteNode.KindName, ToolNode.KindName, HumanNode.KindName, MapNode.KindName, WorkflowNode.KindName];

    public override string Kind => ParallelNode.KindName;

    public override ParallelNode Read(NodeReading reading)
    {
        MapReader map = reading.Inner(ParallelNode.KindName);
        List<NodeDefinition> branches = [];
        if (map.Require("branches", "branches: { NAME: { agent: … } }") is not null)
        {
            foreach ((string name, YamlNode key, YamlNode value) in map.Map("branches")!.All())
                branches.Add(reading.Workflow.ReadNode(name, key, value, isInner: true));
        }

        var node = new ParallelNode { Name = reading.Name, Branches = branches, Join = Join(map, branches.Count), Grants = Grants(map, reading) };
        map.Finish();
        return node;
    }

    public override void Check(ParallelNode node, NodeChecking checking)
    {
        checking.Inner(node, Allowed);
        if (node.Branches.Count == 0)
            checking.Error(node, "A parallel node has at least one branch.", null, "parallel", "branches");
        foreach (IGrouping<string, NodeDefinition> same in node.Branches.GroupBy(branch => branch.Name).Where(group => group.Count() > 1))
            checking.Error(node, $"There are two branches named '{same.Key}'.", null, "parallel", "branches");
        if (node.Join is { } join && (join < 1 || join > node.Branches.Count) && node.Branches.Count > 0)
            checking.Error(node, string.Create(CultureInfo.InvariantCulture, $"'join' is {join}, but there are {node.Branches.Count} branches."), "Write all, any, or how many branches must finish.", "parallel", "join");
        foreach (string name in node.Grants.Keys.Where(name => node.Branches.All(branch => branch.Name != name)))
            checking.UnknownKey(node, $"There is no branch '{name}' to grant anything.", node.Branches.Select(branch => branch.Name), "parallel", "grants", name);
        checking.Grants(node, node.Grants.Values);
    }

    private static int? Join(MapReader map, int branches)
    {
        if (map.Find("join") is not { } value)
            return null;
        return value switch
        {
            YamlScalarNode { Value: "all" } => null,
            YamlScalarNode { Value: "any" } => 1,
            YamlScalarNode { Value: { } text } when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) => count,
            _ => Wrong(map, value, branches),
        };
    }

    private static int? Wrong(MapReader map, YamlNode value, int branches)
    {
        map.File.Error(value, string.Create(CultureInfo.InvariantCulture, $"'join' should be all, any, or a number from 1 to {branches}, but is {YamlFile.Shown(value)}."));
        return null;
    }

    private static Dictionary<string, Budget> Grants(MapReader map, NodeReading reading)
    {
        var grants = new Dictionary<string, Budget>();
        MapReader? all = map.Map("grants");
        foreach ((string name, _, YamlNode value) in all?.All() ?? [])
            grants[name] = BudgetReader.ReadGrant(new MapReader(map.File, value, $"the grant of '{name}'"), reading.Sources)!;
        return grants;
    }
}
