namespace AgentRouter.Models;

/// <summary>A kind of work that models do more or less well.</summary>
public enum Strength
{
    /// <summary>Several steps of thought: mathematics, planning, weighing.</summary>
    Reasoning,

    /// <summary>Reading and writing programs.</summary>
    Code,

    /// <summary>Finding out why something fails.</summary>
    Debugging,

    /// <summary>Choosing tools, filling in their arguments, and going on from their results.</summary>
    Tools,
}
