using System.Globalization;
using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Validation;

/// <summary>Checks an agent: its tools, tiers and skills exist, and its instructions read what is there.</summary>
internal static class AgentCheck
{
    /// <summary>What the instructions of an agent in its own file may read: it serves many workflows, so their inputs are not known.</summary>
    public static ExpressionNames SharedNames { get; } = new(new Dictionary<string, DataType> { ["inputs"] = DataType.Any }, []);

    public static void Run(WorkflowChecks checks, AgentDefinition agent, NodeDefinition? node, ExpressionNames names)
    {
        Tools(checks, agent, agent.Location, agent.Tools);
        Tiers(checks, agent, node);
        if (agent.Skills is { } skills)
            SkillsCheck.Run(checks, skills, agent);
        if (agent.Memory is { } memory)
            MemoryCheck.Run(checks, memory, agent, names);
        if (agent.Context is { } context)
            ContextCheck.Run(checks, context);
        if (agent.MaxCalls < 1)
            checks.Diagnostics.Error(checks.Sources.Locate(agent, agent.Location, "maxCalls"), string.Create(CultureInfo.InvariantCulture, $"'maxCalls' is at least 1, but is {agent.MaxCalls}."));
        try
        {
            agent.Instructions.Check(names);
        }
        catch (ExpressionException e)
        {
            checks.Diagnostics.Error(checks.Sources.LocateText(agent, agent.Location, e.Position, "instructions"), $"In 'instructions': {e.Message}");
        }
    }

    public static void Tools(WorkflowChecks checks, object owner, SourceLocation location, IReadOnlyList<string> tools)
    {
        for (int i = 0; i < tools.Count; i++)
        {
            if (checks.Tools.Find(tools[i]).Kind != ToolLookupKind.Unknown)
                continue;
            SourceLocation at = checks.Sources.Locate(owner, location, "tools", "#" + i.ToString(CultureInfo.InvariantCulture));
            checks.Diagnostics.Error(at, $"There is no tool '{tools[i]}'.", checks.Tools.Hint(tools[i]));
        }
    }

    private static void Tiers(WorkflowChecks checks, AgentDefinition agent, NodeDefinition? node)
    {
        IReadOnlyList<string>? known = RouterCheck.TiersOf(checks);
        if (agent.Tiers is not { } tiers || known is null)
            return;
        IReadOnlyList<string> configured = checks.Options.Configuration?.Tiers is { Count: > 0 } all ? all : known;
        for (int i = 0; i < tiers.Count; i++)
        {
            if (!configured.Contains(tiers[i]) && !known.Contains(tiers[i]))
                checks.Unknown(checks.Sources.Locate(agent, agent.Location, "tiers", "#" + i.ToString(CultureInfo.InvariantCulture)), $"There is no tier '{tiers[i]}'.", tiers[i], configured);
        }

        if (node is not null && tiers.Any(configured.Contains) && !tiers.Any(known.Contains))
            checks.Diagnostics.Error(node.Location, $"No model can answer for the agent '{agent.Name}': it takes the tiers {string.Join(", ", tiers)}, but the router of this workflow uses {string.Join(", ", known)}.");
    }
}
