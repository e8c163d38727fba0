using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Tools.Tests.Healing;

/// <summary>Graphs of tests.</summary>
internal static class TestGraphs
{
    public static CapabilityTool Tool(string name, string provides, string? needs = null, double cost = 1, ToolEffect effect = ToolEffect.Once) => new()
    {
        Name = name,
        Provides = Words(provides),
        Needs = Words(needs),
        Cost = cost,
        Effect = effect,
    };

    public static CapabilityTool Look(string name, string provides, string? needs = null, double cost = 1) => Tool(name, provides, needs, cost, ToolEffect.None);

    /// <summary>An order is looked up, refunded over one of two payment services, and confirmed by mail or message.</summary>
    public static CapabilityGraph Refund(Func<CapabilityTool, CapabilityTool>? change = null) => Graph(
        change,
        Look("crm", "order"),
        Tool("stripe", "refund", "order"),
        Tool("razorpay", "refund", "order", 2),
        Tool("email", "confirmation", "refund"),
        Tool("sms", "confirmation", "refund", 2));

    public static CapabilityGraph Graph(params CapabilityTool[] tools) => new(tools);

    public static CapabilityGraph Graph(Func<CapabilityTool, CapabilityTool>? change, params CapabilityTool[] tools) => new([.. tools.Select(tool => change?.Invoke(tool) ?? tool)]);

    private static string[] Words(string? words) => words?.Split(' ') ?? [];
}
