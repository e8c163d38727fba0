using AgentRouter.Expressions;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Functions;

namespace AgentRouter.Workflows.Engine.Healing;

/// <summary>What a workflow knows of the capabilities of its graph before a run.</summary>
internal static class CapabilityTools
{
    /// <summary>The field of an output that says what was healed on the way, or what is missing.</summary>
    public const string NoteField = "note";

    /// <summary>Describes each goal and capability as a tool.</summary>
    public static IReadOnlyList<ToolDescription> Describe(CapabilityGraph graph) => [.. CapabilityCalls.ToolsOf(graph).Select(tool => tool.Description)];

    /// <summary>Finds the goal or capability that a tool's full name stands for.</summary>
    public static CapabilityGoal? FindByFullName(CapabilityGraph graph, string fullName) =>
        NamesOf(graph).FirstOrDefault(name => CapabilityFunction.FullNameOf(name) == fullName) is { } name ? graph.FindGoal(name) : null;

    /// <summary>Gets the names of all goals, and of the capabilities that are none.</summary>
    public static IEnumerable<string> NamesOf(CapabilityGraph graph) => graph.Goals.Select(goal => goal.Name).Union(graph.Capabilities);

    /// <summary>Describes a goal or capability as a tool.</summary>
    public static ToolDescription Describe(CapabilityGraph graph, CapabilityGoal goal) => new(CapabilityFunction.FullNameOf(goal.Name), graph.DescriptionOf(goal), DataType.Any)
    {
        Parameters = [.. graph.FactsFor(goal).Select(fact => fact.Name)],
        RequiredParameters = [.. graph.RequiredFactsFor(goal).Select(fact => fact.Name)],
        Capability = goal.Name,
    };

    public static ToolDescription Describe(CapabilityGraph graph, CapabilityFunction function) => new(function.FullName, function.Description, DataType.Any)
    {
        Parameters = [.. graph.FactsFor(function.Goal).Select(fact => fact.Name)],
        RequiredParameters = [.. graph.RequiredFactsFor(function.Goal).Select(fact => fact.Name)],
        Capability = function.Goal.Name,
    };
}
