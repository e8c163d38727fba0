namespace AgentRouter.Memory.Context;

/// <summary>What is done about a conversation that has become too long.</summary>
public enum ContextStrategy
{
    /// <summary>A rule chooses each time, by what would be left out: recall for what tools said, a summary for what the agent said itself where it is cheap, else nothing takes their place.</summary>
    Auto,

    /// <summary>Earlier rounds are left out; a note says how many.</summary>
    KeepLast,

    /// <summary>A model writes a summary of earlier rounds, which takes their place.</summary>
    Summarize,

    /// <summary>Earlier rounds are put into a memory, and what helps with the latest round is recalled at each call.</summary>
    Recall,

    /// <summary>Nothing is done: everything is sent, however long it is.</summary>
    None,
}
