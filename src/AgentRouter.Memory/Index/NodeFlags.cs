namespace AgentRouter.Memory.Index;

/// <summary>What retrieval asks of a node by yes and no.</summary>
[Flags]
internal enum NodeFlags : byte
{
    None = 0,

    /// <summary>It can be an answer: an episode, fact or reflection.</summary>
    Answer = 1,

    /// <summary>It holds a question mark.</summary>
    Asks = 2,

    /// <summary>It names a time.</summary>
    NamesTime = 8,

    /// <summary>Somebody said it: a turn of a conversation.</summary>
    Spoken = 32,

    /// <summary>It was erased, or its number was never given.</summary>
    Missing = 64,

    /// <summary>It holds no longer.</summary>
    Superseded = 128,
}
