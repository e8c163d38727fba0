using AgentRouter.Expressions;
using AgentRouter.Pricing;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Workflows.Yaml.ToolGraphs;

/// <summary>Reads a tool of a graph: <c>stripe: { tool: mcp.stripe.refund, provides: refund, needs: order }</c>.</summary>
internal static class CapabilityToolReader
{
    private const decimal MostCost = 1_000_000_000;
    private const decimal MostUsd = 1_000_000;
    private const int MostAttempts = 10;
    private const int MostCallsPerMinute = 1_000_000;

    private static readonly Dictionary<string, ToolEffect> Effects = new() { ["none"] = ToolEffect.None, ["repeatable"] = ToolEffect.Repeatable, ["once"] = ToolEffect.Once };

    private static readonly Dictionary<string, ToolRisk> Risks = new() { ["low"] = ToolRisk.Low, ["medium"] = ToolRisk.Medium, ["high"] = ToolRisk.High };

    public static CapabilityTool Read(MapReader map, string name)
    {
        map.Require("provides", "provides: the capability that a call satisfies");
        var tool = new CapabilityTool
        {
            Name = name,
            Tool = map.Text("tool") ?? name,
            // without one it is said already; the name stands in, so that nothing else is said of it
            Provides = map.Texts("provides") is { Count: > 0 } provides ? [.. provides.Distinct()] : [name],
            Needs = map.Texts("needs") is { } needs ? [.. needs.Distinct()] : [],
            Arguments = ArgumentsReader.Read(map.Map("with")).Where(argument => argument.Value is not null).ToDictionary(argument => argument.Key, argument => argument.Value!),
            Cost = (double)(map.Number("cost", 0, MostCost) ?? 1),
            Price = map.Number("usd", 0, MostUsd) is { } usd ? Money.FromUsd(usd) : Money.Zero,
            Effect = map.Choice("effect", Effects) ?? ToolEffect.Once,
            Risk = map.Choice("risk", Risks) ?? ToolRisk.Low,
            Amount = map.Text("amount"),
            Result = map.Find("result") is { } result ? TypeReader.Read(map.File, result, map.Of("result")) : DataType.Any,
            IsResultPromised = map.Boolean("nonEmpty") ?? false,
            Check = map.Text("check"),
            Undo = map.Text("undo"),
            CallsPerMinute = (int?)map.Integer("callsPerMinute", 1, MostCallsPerMinute),
        };
        if (map.Duration("timeout") is { } timeout)
            tool = tool with { Timeout = timeout };
        if (map.Integer("attempts", 1, MostAttempts) is { } attempts)
            tool = tool with { Attempts = (int)attempts };
        map.Finish();
        return tool;
    }
}
