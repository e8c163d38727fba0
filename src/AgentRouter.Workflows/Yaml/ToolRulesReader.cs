using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads what a workflow says of calling tools: <c>tools: { approve: [mcp.pay.*], onDoubt: ask }</c>.</summary>
internal static class ToolRulesReader
{
    private static readonly Dictionary<string, OnDoubt> Doubts = new() { ["ask"] = OnDoubt.Ask, ["again"] = OnDoubt.Again, ["fail"] = OnDoubt.Fail };

    public static ToolRules Read(MapReader? map)
    {
        var rules = new ToolRules();
        if (map is null)
            return rules;
        rules = new ToolRules
        {
            Approve = map.Texts("approve") ?? rules.Approve,
            OnDoubt = map.Choice("onDoubt", Doubts) ?? rules.OnDoubt,
        };
        map.Finish();
        return rules;
    }
}
