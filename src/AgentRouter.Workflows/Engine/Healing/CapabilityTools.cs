using AgentRouter.Expressions;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Functions;

namespace AgentRouter.Workflows.Engine.Healing;

/// <summary>What a workflow knows of the capabilities of its graph before a run.</summary>
internal static class CapabilityTools
{
    /// <summary>Describes each goal and capability as a tool.</summary>
    public static IReadOnlyList<ToolDescription> Describe(CapabilityGraph graph) => [.. CapabilityCalls.ToolsOf(graph).Select(tool => tool.Description)];

    public static ToolDescription Describe(CapabilityGraph graph, CapabilityFunction function) => new(function.FullName, function.Description, DataType.Any)
    {
        Parameters = [.. graph.FactsFor(function.Goal).Select(fact => fact.Name)],
        RequiredParameters = [.. graph.RequiredFactsFor(function.Goal).Select(fact => fact.Name)],
        Capability = function.Goal.Name,
    };
}
