namespace AgentRouter.Workflows.SystemGraphs;

/// <summary>What two vertices of a system graph have to do with each other.</summary>
public enum SystemEdgeKind
{
    /// <summary>An agent plays a role.</summary>
    Plays,

    /// <summary>An agent may use a tool, a skill, or a tier of models.</summary>
    MayUse,

    /// <summary>A tool provides a capability.</summary>
    Provides,

    /// <summary>In a workflow, the work of an agent goes to another one next.</summary>
    HandsOverTo,

    /// <summary>An agent reads a memory scope.</summary>
    Reads,

    /// <summary>An agent writes a memory scope.</summary>
    Writes,

    /// <summary>In a workflow, a route node may choose the other agent to take the work of this one next.</summary>
    MayHandOverTo,
}
