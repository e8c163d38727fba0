namespace AgentRouter.Memory.Retrieval;

/// <summary>The parts of a ranking, so that each can be measured by what it adds.</summary>
[Flags]
internal enum RankingParts
{
    /// <summary>The words of nodes alone.</summary>
    Words = 0,

    /// <summary>What is around a turn, and walks over names.</summary>
    Walk = 1,

    /// <summary>What the question is after: a speaker, a time.</summary>
    Intent = 2,

    /// <summary>What words mean.</summary>
    Meaning = 4,

    /// <summary>Leaving out near copies.</summary>
    Selection = 8,

    /// <summary>All of it.</summary>
    All = Walk | Intent | Meaning | Selection,
}
