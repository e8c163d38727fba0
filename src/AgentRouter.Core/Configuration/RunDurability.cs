namespace AgentRouter.Configuration;

/// <summary>What a store promises of an append that has returned.</summary>
public enum RunDurability
{
    /// <summary>It survives the end of the process. A power cut may take the last appends, whole ones; it never tears the file. The default.</summary>
    Async,

    /// <summary>It survives a power cut: every append waits until the disk says that it has it.</summary>
    Sync,

    /// <summary>It survives nothing: the store lives in memory and ends with the object. Nothing is written to the disk.</summary>
    Memory,
}
