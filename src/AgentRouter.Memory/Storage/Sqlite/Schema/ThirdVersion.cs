namespace AgentRouter.Memory.Storage.Sqlite.Schema;

/// <summary>What version 3 adds: which items of sources were forgotten, by hashes of their keys.</summary>
internal static class ThirdVersion
{
    public const string Script = """
        CREATE TABLE forgotten(
            source INTEGER NOT NULL,
            item TEXT NOT NULL,
            PRIMARY KEY(source, item)) STRICT, WITHOUT ROWID;
        """;
}
