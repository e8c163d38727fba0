namespace AgentRouter.VectorStores.Postgres;

/// <summary>Limits of PostgreSQL and pgvector, and what is chosen within them.</summary>
internal static class PostgresDefaults
{
    /// <summary>The name of the system, as OpenTelemetry writes it.</summary>
    public const string SystemName = "postgresql";

    /// <summary>Longer names are cut by the server without a word, and two could become one.</summary>
    public const int MaxNameBytes = 63;

    /// <summary>The most dimensions that pgvector indexes.</summary>
    public const int MaxIndexedDimensions = 2_000;

    /// <summary>The most dimensions that pgvector stores.</summary>
    public const int MaxDimensions = 16_000;

    /// <summary>The protocol counts a statement's parameters in 16 bits.</summary>
    public const int MaxParameters = 65_535;

    /// <summary>Rows of one statement; more of them save nothing and hold more memory.</summary>
    public const int MaxRows = 1_000;

    /// <summary>How many candidates a search in the index keeps: pgvector's default, and the most it takes.</summary>
    public const int MinSearchWidth = 40;

    /// <summary>See <see cref="MinSearchWidth"/>.</summary>
    public const int MaxSearchWidth = 1_000;

    /// <summary>The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): how little the first places stand out.</summary>
    public const int FusionConstant = 60;

    /// <summary>How many records each side of a hybrid search brings for one that is wanted.</summary>
    public const int FusionWidth = 4;

    /// <summary>One number for all creations: they wait for each other, because "if not exists" alone fails when two come at once.</summary>
    public const long CreationLock = 0x4147_5256_5354;
}
