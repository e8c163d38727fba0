using AgentRouter.Memory.Graph;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>The words of episodes, facts and reflections with their places: an FTS5 index beside the nodes.</summary>
internal static class PhraseTable
{
    /// <summary>The longest phrase that is searched for, in characters.</summary>
    public const int MaxPhraseLength = 10_000;

    /// <summary>Tells whether the texts of nodes of a kind are searched.</summary>
    public static bool Holds(MemoryNodeKind kind) => kind is MemoryNodeKind.Episode or MemoryNodeKind.Fact or MemoryNodeKind.Reflection;

    public static void Add(SqliteStatements db, long node, string text) => db.Execute("INSERT INTO phrases(rowid, text) VALUES(?1, ?2)", node, text);

    /// <summary>Finds a phrase, the newest nodes first.</summary>
    public static List<long> Find(SqliteStatements db, string phrase, int limit) => db.Query(
        "SELECT rowid FROM phrases WHERE phrases MATCH ?1 ORDER BY rowid DESC LIMIT ?2", static row => row.Number(0), Quoted(phrase), limit);

    /// <summary>Deletes the words of a node.</summary>
    public static void Delete(SqliteStatements db, long node, string text) =>
        db.Execute("INSERT INTO phrases(phrases, rowid, text) VALUES('delete', ?1, ?2)", node, text);

    /// <summary>Sees to it that no word is left that no node has.</summary>
    /// <remarks>FTS5 takes deleted words out of its lists at once (<c>secure-delete</c>), but not out of the table by which it finds the pages of the lists: it
    /// holds the beginnings of words. Where one of them begins no word any more, everything is made anew.</remarks>
    public static void Clean(SqliteStatements db)
    {
        // what was deleted in this transaction is written out when the words are asked for
        _ = db.Number("SELECT 1 FROM phrase_words LIMIT 1");
        // the first byte tells the index of words from those of prefixes, of which there are none
        List<byte[]> beginnings = db.Query("SELECT substr(CAST(term AS BLOB), 2) FROM phrases_idx", static row => row.Bytes(0));
        if (beginnings.Any(beginning => beginning.Length > 0 && !BeginsAWord(db, beginning)))
            db.Execute("INSERT INTO phrases(phrases) VALUES('rebuild')");
    }

    private static bool BeginsAWord(SqliteStatements db, byte[] beginning) =>
        db.First("SELECT CAST(term AS BLOB) FROM phrase_words WHERE term >= CAST(?1 AS TEXT) LIMIT 1", static row => row.Bytes(0), beginning) is { } word
        && word.AsSpan().StartsWith(beginning);

    // a string of FTS5's query language: what parts words in it is for the tokenizer to see
    private static string Quoted(string phrase) => "\"" + phrase.Replace("\"", "\"\"", StringComparison.Ordinal).Replace('\0', ' ') + "\"";
}
