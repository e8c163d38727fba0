namespace AgentRouter.Memory.Storage.Sqlite.Schema;

/// <summary>What version 2 adds: which nodes something was learned from.</summary>
internal static class SecondVersion
{
    public const string Script = """
        CREATE TABLE marks(
            node INTEGER PRIMARY KEY,
            recipe INTEGER NOT NULL,
            up_to INTEGER NOT NULL) STRICT;
        """;
}
