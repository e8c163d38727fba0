namespace AgentRouter.Workflows.Definitions;

/// <summary>How much effort it is worth to find what helps with the task of a visit.</summary>
public enum MemoryEffort
{
    /// <summary>Words and rules: free.</summary>
    Low = 0,

    /// <summary>What costs no call: the sentences of the notes that say most.</summary>
    Medium = 1,

    /// <summary>Calls of a model: one that reads the task, one that orders what was found, one that sums it up.</summary>
    High = 2,

    /// <summary>The task decides: what words are sure of costs nothing.</summary>
    Auto = 3,
}
