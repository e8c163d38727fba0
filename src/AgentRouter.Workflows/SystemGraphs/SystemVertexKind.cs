namespace AgentRouter.Workflows.SystemGraphs;

/// <summary>What a vertex of a system graph is.</summary>
public enum SystemVertexKind
{
    /// <summary>A named instruction set with tools and a model preference.</summary>
    Agent,

    /// <summary>The function of an agent: planner, executor, reviewer, …</summary>
    Role,

    /// <summary>A tool.</summary>
    Tool,

    /// <summary>What a tool provides; several tools may provide one.</summary>
    Capability,

    /// <summary>A SKILL.md folder.</summary>
    Skill,

    /// <summary>A part of the memory.</summary>
    MemoryScope,

    /// <summary>A rank of models.</summary>
    Tier,
}
