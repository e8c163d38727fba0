namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>The versions of what is asked of a model. A change that is worth paying for again has a higher number.</summary>
internal static class ExtractionRecipes
{
    /// <summary>How facts and concepts are learned from episodes.</summary>
    public const int Facts = 1;

    /// <summary>How reflections are made of facts.</summary>
    public const int Reflections = 1;
}
