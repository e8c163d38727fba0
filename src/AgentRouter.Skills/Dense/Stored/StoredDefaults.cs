namespace AgentRouter.Skills.Dense.Stored;

/// <summary>Numbers of vectors in a store.</summary>
internal static class StoredDefaults
{
    /// <summary>How many texts a search asks for: as many as there are ranks that count where the list is filled.</summary>
    public const int Nearest = 400;

    /// <summary>The most texts that a search may ask for.</summary>
    public const int MostNearest = 10_000;

    /// <summary>How many skills stand for all others: the mean of their cosines is off by a sixteenth of a deviation.</summary>
    public const int SampledSkills = 256;

    /// <summary>pgvector has no index above it.</summary>
    public const int MostIndexedDimensions = 2_000;

    /// <summary>The most texts of a skill that a record is believed: longer bodies are not read.</summary>
    public const int MostPieces = 1_000;

    /// <summary>How many records are read or written at a time.</summary>
    public const int Page = 1_000;

    /// <summary>How many skills are read, embedded and written together.</summary>
    public const int EmbeddedTogether = 64;
}
