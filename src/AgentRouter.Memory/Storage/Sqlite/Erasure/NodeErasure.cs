using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage.Sqlite.Records;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Erasure;

/// <summary>Erases nodes with their edges, vectors and words.</summary>
internal static class NodeErasure
{
    /// <summary>Deletes nodes and what goes with them, inside a transaction.</summary>
    /// <returns>The numbers of all that were deleted.</returns>
    public static List<long> Delete(SqliteStatements db, IReadOnlyCollection<long> ids, MemoryVersion version)
    {
        List<MemoryNode> nodes = new ErasureSet(db).Of(ids);
        if (nodes.Count == 0)
            return [];
        long alteration = version.Alteration;
        HashSet<long> sources = [.. nodes.Where(node => node.Kind == MemoryNodeKind.Source).Select(node => node.Id)];
        foreach (MemoryNode node in nodes)
        {
            if (node.Kind == MemoryNodeKind.Source)
                ForgottenTable.DeleteOf(db, node.Id);
            else if (node.Kind == MemoryNodeKind.Episode && node.SourceId > 0 && !sources.Contains(node.SourceId))
                ForgottenTable.Add(db, node);
            if (PhraseTable.Holds(node.Kind))
                PhraseTable.Delete(db, node.Id, node.Text);
            EdgeTable.DeleteOf(db, node.Id);
            VectorTable.DeleteOf(db, node.Id);
            MarkTable.DeleteOf(db, node.Id);
            NodeTable.Delete(db, node.Id);
            AlterationTable.Add(db, ++alteration, new MemoryAlteration(node.Id, null));
        }

        SpeakerTable.DeleteUnused(db);
        PhraseTable.Clean(db);
        IndexPartTable.DeleteAll(db);
        ScopeRow.Write(db, version with { Alteration = alteration });
        return nodes.ConvertAll(node => node.Id);
    }

    /// <summary>Writes the file anew without what was deleted, outside of a transaction.</summary>
    /// <remarks>To overwrite what is deleted (<c>secure_delete</c>) is not enough: where SQLite moves rows from page to page it leaves copies behind, also of
    /// rows that are deleted later. A file that is written anew has none, and the log is cut to nothing.</remarks>
    /// <exception cref="IOException">A reader holds on to the log.</exception>
    public static void Scrub(SqliteStatements db, string file)
    {
        db.Execute("VACUUM");
        Truncate(db, file);
    }

    private static void Truncate(SqliteStatements db, string file)
    {
        if (db.Number("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
            throw new IOException($"'{file}' was erased from, but its log is in use by a program that does not let go, and traces are left in it. End that program and erase again.");
    }
}
