namespace AgentRouter.Memory.Ingestion.Extraction.Reflections;

/// <summary>How much a model reflects on at once.</summary>
internal static class ReflectionLimits
{
    /// <summary>The fewest facts that may mean something together.</summary>
    public const int FewestFacts = 3;

    /// <summary>The most facts of a group, the newest.</summary>
    public const int FactsOfGroup = 12;

    /// <summary>The most groups of a call.</summary>
    public const int GroupsOfCall = 4;

    /// <summary>How many facts are marked in one change.</summary>
    public const int MarksOfChange = 1_000;

    /// <summary>The edges of a fact that are looked at: those that it was written with.</summary>
    public const int EdgesOfFact = 500;

    /// <summary>The most versions of a reflection that are looked at.</summary>
    public const int Versions = 100;
}
