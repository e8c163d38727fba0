namespace AgentRouter.VectorStores.Qdrant;

/// <summary>Limits of what is sent to Qdrant and taken from it.</summary>
internal static class QdrantDefaults
{
    /// <summary>The name of the system.</summary>
    public const string SystemName = "qdrant";

    /// <summary>The header of the key, as Qdrant names it.</summary>
    public const string KeyHeader = "api-key";

    /// <summary>The longest name of a collection.</summary>
    public const int MaxNameLength = 255;

    /// <summary>A request with points is closed once it is this long; the server takes 32 MiB.</summary>
    public const int RequestBytes = 4 * 1024 * 1024;

    /// <summary>The longest answer that is read.</summary>
    public const int MaxAnswerBytes = 256 * 1024 * 1024;

    /// <summary>How much of an error is read.</summary>
    public const int MaxErrorBytes = 4 * 1024;

    /// <summary>How much of an error is shown.</summary>
    public const int MaxErrorText = 500;

    /// <summary>How many points are read at once.</summary>
    public const int PageSize = 1_000;
}
