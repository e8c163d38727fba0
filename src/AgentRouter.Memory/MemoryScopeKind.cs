namespace AgentRouter.Memory;

/// <summary>What a scope of memory belongs to.</summary>
public enum MemoryScopeKind
{
    /// <summary>A person.</summary>
    User,

    /// <summary>An agent, whoever it works for.</summary>
    Agent,

    /// <summary>A workflow: what its runs learned.</summary>
    Workflow,

    /// <summary>A project, such as a code base.</summary>
    Project,
}
