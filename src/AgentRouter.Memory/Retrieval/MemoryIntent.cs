namespace AgentRouter.Memory.Retrieval;

/// <summary>What a question is after, which decides which edges a walk follows.</summary>
[Flags]
public enum MemoryIntent
{
    /// <summary>Nothing in particular.</summary>
    Plain = 0,

    /// <summary>A time, or what happened at a time.</summary>
    Temporal = 1,

    /// <summary>Somebody or something that it names.</summary>
    Entity = 2,

    /// <summary>A reason or a consequence.</summary>
    Causal = 4,

    /// <summary>Several pieces: a list, or something that is reached over something else.</summary>
    MultiHop = 8,
}
