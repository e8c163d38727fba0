namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>What is to be learned from.</summary>
public sealed record ExtractionRequest
{
    /// <summary>Gets the keys of the sources; none for all of the scope.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Gets a value indicating whether the model is also asked what several facts mean together.</summary>
    public bool Reflections { get; init; } = true;
}
