namespace AgentRouter.Memory.Use;

/// <summary>What is remembered of the work itself, without a model asking for it.</summary>
public enum MemoryRemembers
{
    /// <summary>Nothing: only what a model remembers with its function.</summary>
    None = 0,

    /// <summary>What was asked and what was answered, word for word.</summary>
    Turns = 1,

    /// <summary>What was answered, word for word.</summary>
    Answers = 2,

    /// <summary>What was asked and what was answered, word for word, and the facts and topics that a model finds in both: one call more for each answer.</summary>
    Facts = 3,
}
