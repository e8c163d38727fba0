using AgentRouter.Memory.Graph;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>The nodes.</summary>
internal static class NodeTable
{
    private const string Columns =
        "nodes.id, kind, key, text, title, attachment, speakers.name, said_at, said_offset, first_day, last_day, held_until, source, position";

    private const string Tables = " FROM nodes LEFT JOIN speakers ON speakers.id = nodes.speaker ";

    /// <summary>Finds the number of a node.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="node">The node.</param>
    /// <param name="keyHash">Its <see cref="KeyHash"/>.</param>
    public static long? Find(SqliteStatements db, NodeKey node, long keyHash) =>
        db.Number("SELECT id FROM nodes WHERE key_hash = ?1 AND kind = ?2 AND key = ?3", keyHash, (long)node.Kind, node.Key);

    /// <summary>Adds a node.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="id">Its number.</param>
    /// <param name="node">The node.</param>
    /// <param name="keyHash">The <see cref="KeyHash"/> of its kind and key.</param>
    /// <param name="speaker">The number of the speaker.</param>
    /// <param name="source">The number of the source.</param>
    /// <param name="contentHash">The hash of its content.</param>
    public static void Add(SqliteStatements db, long id, MemoryNode node, long keyHash, long? speaker, long source, string? contentHash) => db.Execute(
        """
        INSERT INTO nodes(id, kind, key_hash, key, text, title, attachment, speaker, said_at, said_offset, first_day, last_day, held_until, source, position, content_hash)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
        """,
        id, (long)node.Kind, keyHash, node.Key, node.Text, node.Title, node.Attachment, speaker,
        Ticks(node.SaidAt), Offset(node.SaidAt), node.Happened?.First.DayNumber, node.Happened?.Last.DayNumber, Ticks(node.HeldUntil),
        source, node.Position, ContentHash.ToValue(contentHash));

    /// <summary>Replaces what a source says of itself.</summary>
    public static void ReplaceSource(SqliteStatements db, long id, MemoryNode node, long? speaker, string contentHash) => db.Execute(
        """
        UPDATE nodes SET text = ?2, title = ?3, attachment = ?4, speaker = ?5, said_at = ?6, said_offset = ?7, first_day = ?8, last_day = ?9, content_hash = ?10 WHERE id = ?1
        """,
        id, node.Text, node.Title, node.Attachment, speaker, Ticks(node.SaidAt), Offset(node.SaidAt), node.Happened?.First.DayNumber, node.Happened?.Last.DayNumber,
        ContentHash.ToValue(contentHash));

    /// <summary>Notes until when a node held, if it holds.</summary>
    /// <returns>Whether it held.</returns>
    public static bool Supersede(SqliteStatements db, long id, DateTimeOffset at) =>
        db.Execute("UPDATE nodes SET held_until = ?2 WHERE id = ?1 AND held_until IS NULL", id, at.UtcTicks) > 0;

    /// <summary>Reads a node.</summary>
    public static MemoryNode? Read(SqliteStatements db, long id) => db.First("SELECT " + Columns + Tables + "WHERE nodes.id = ?1", Node, id);

    /// <summary>Reads the nodes after a number and up to another, the lowest first.</summary>
    public static List<MemoryNode> Read(SqliteStatements db, long after, long upTo, int limit) =>
        db.Query("SELECT " + Columns + Tables + "WHERE nodes.id > ?1 AND nodes.id <= ?2 ORDER BY nodes.id LIMIT ?3", Node, after, upTo, limit);

    /// <summary>Reads the nodes of a kind that hold and mention a concept or are about it, the newest first.</summary>
    public static List<MemoryNode> SpeakingOf(SqliteStatements db, long concept, MemoryNodeKind kind, int limit) => db.Query(
        "SELECT " + Columns + Tables + """
        WHERE nodes.kind = ?2 AND held_until IS NULL AND nodes.id IN (SELECT edges.source FROM edges WHERE edges.target = ?1 AND edges.kind IN (?3, ?4))
        ORDER BY nodes.id DESC LIMIT ?5
        """,
        Node, concept, (long)kind, (long)MemoryEdgeKind.Mentions, (long)MemoryEdgeKind.About, limit);

    /// <summary>Gets the hash of a node's content.</summary>
    public static string? HashOf(SqliteStatements db, long id) => db.First("SELECT content_hash FROM nodes WHERE id = ?1", static row => ContentHash.Read(row, 0), id);

    /// <summary>Gets the key and the hash of each episode of a source that holds.</summary>
    public static List<KeyValuePair<string, string>> EpisodesOf(SqliteStatements db, long source) => db.Query(
        "SELECT key, content_hash FROM nodes WHERE source = ?1 AND kind = ?2 AND held_until IS NULL",
        static row => KeyValuePair.Create(row.Text(0), ContentHash.Read(row, 1) ?? ""),
        source, (long)MemoryNodeKind.Episode);

    /// <summary>Gets the nodes that are part of a source.</summary>
    public static List<long> PartsOf(SqliteStatements db, long source) => db.Query("SELECT id FROM nodes WHERE source = ?1 AND source > 0", static row => row.Number(0), source);

    /// <summary>Gets what a node is, and the source that it is part of; <see langword="null"/> where there is none.</summary>
    public static (MemoryNodeKind Kind, long Source)? KindOf(SqliteStatements db, long id) =>
        db.First("SELECT kind, source FROM nodes WHERE id = ?1", static row => ((MemoryNodeKind, long)?)((MemoryNodeKind)row.Number(0), row.Number(1)), id);

    /// <summary>Deletes a node.</summary>
    public static void Delete(SqliteStatements db, long id) => db.Execute("DELETE FROM nodes WHERE id = ?1", id);

    private static MemoryNode Node(SqliteRow row) => new()
    {
        Id = row.Number(0),
        Kind = (MemoryNodeKind)row.Number(1),
        Key = row.Text(2),
        Text = row.Text(3),
        Title = row.TextOrNull(4),
        Attachment = row.TextOrNull(5),
        Speaker = row.TextOrNull(6),
        SaidAt = row.NumberOrNull(7) is { } said ? new DateTimeOffset(said, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(row.Number(8))) : null,
        Happened = row.NumberOrNull(9) is { } first ? new MemoryPeriod(DateOnly.FromDayNumber((int)first), DateOnly.FromDayNumber((int)row.Number(10))) : null,
        HeldUntil = row.NumberOrNull(11) is { } held ? new DateTimeOffset(held, TimeSpan.Zero) : null,
        SourceId = row.Number(12),
        Position = (int)row.Number(13),
    };

    private static long? Ticks(DateTimeOffset? time) => time?.UtcTicks;

    private static long? Offset(DateTimeOffset? time) => time?.TotalOffsetMinutes;
}
