namespace AgentRouter.Memory.Graph;

/// <summary>What one node has to do with another.</summary>
public enum MemoryEdgeKind
{
    /// <summary>An episode is part of a source.</summary>
    PartOf = 0,

    /// <summary>An episode comes before another in the same source.</summary>
    Next = 1,

    /// <summary>An episode, fact or reflection mentions a concept.</summary>
    Mentions = 2,

    /// <summary>An episode, fact or reflection is about a concept: its title, its subject.</summary>
    About = 3,

    /// <summary>A fact comes from an episode, a reflection from a fact.</summary>
    DerivedFrom = 4,

    /// <summary>A node speaks for another.</summary>
    Supports = 5,

    /// <summary>A node speaks against another.</summary>
    Contradicts = 6,

    /// <summary>A node takes the place of an older one, which holds no longer.</summary>
    Supersedes = 7,
}
