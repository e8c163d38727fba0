using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>The vectors of nodes: 16 bits a number where all are at most 1, which is exact to 0.0005, else 32 bits.</summary>
/// <remarks>The key is the space and the node in one number, so that a space lies together in the order of its nodes.</remarks>
internal static class VectorTable
{
    private const int SpaceShift = 40;

    /// <summary>Keeps vectors; those of nodes that are gone are dropped.</summary>
    /// <exception cref="ArgumentException">A vector is not of the length of those of its space.</exception>
    public static void Put(SqliteStatements db, string space, IReadOnlyCollection<KeyValuePair<long, ReadOnlyMemory<float>>> vectors, CancellationToken cancellationToken)
    {
        (long id, int dimensions) = FindSpace(db, space) ?? AddSpace(db, space, vectors.First().Value.Length);
        foreach ((long node, ReadOnlyMemory<float> vector) in vectors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (vector.Length != dimensions || dimensions == 0)
                throw new ArgumentException($"The vector of node {node} has {vector.Length} numbers; those of '{space}' have {dimensions}. Vectors of another model have another space.", nameof(vectors));
            db.Execute("INSERT OR REPLACE INTO vectors(id, vector) SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM nodes WHERE id = ?3)", Key(id, node), Pack(vector.Span), node);
        }
    }

    /// <summary>Reads vectors of a space after a node.</summary>
    public static List<KeyValuePair<long, ReadOnlyMemory<float>>> Read(SqliteStatements db, string space, long afterNode, int limit)
    {
        if (FindSpace(db, space) is not var (id, dimensions))
            return [];
        return db.Query(
            "SELECT id, vector FROM vectors WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT ?3",
            row => KeyValuePair.Create(row.Number(0) - Key(id, 0), (ReadOnlyMemory<float>)Unpack(row.Span(1), dimensions)),
            Key(id, afterNode), Key(id + 1, 0), limit);
    }

    /// <summary>Deletes the vectors of a node in all spaces.</summary>
    public static void DeleteOf(SqliteStatements db, long node) => db.Execute("DELETE FROM vectors WHERE id IN (SELECT (id << 40) + ?1 FROM spaces)", node);

    private static (long Id, int Dimensions)? FindSpace(SqliteStatements db, string name) =>
        db.First("SELECT id, dimensions FROM spaces WHERE name = ?1", static row => ((long, int)?)(row.Number(0), (int)row.Number(1)), name);

    private static (long Id, int Dimensions) AddSpace(SqliteStatements db, string name, int dimensions) =>
        (db.Number("INSERT INTO spaces(name, dimensions) VALUES(?1, ?2) RETURNING id", name, dimensions)!.Value, dimensions);

    private static long Key(long space, long node) => (space << SpaceShift) + node;

    private static byte[] Pack(ReadOnlySpan<float> vector)
    {
        if (TensorPrimitives.MaxMagnitude(vector) is not (>= -1 and <= 1))
            return MemoryMarshal.AsBytes(vector).ToArray();
        var halves = new Half[vector.Length];
        TensorPrimitives.ConvertToHalf(vector, halves);
        return MemoryMarshal.AsBytes(halves.AsSpan()).ToArray();
    }

    private static float[] Unpack(ReadOnlySpan<byte> bytes, int dimensions)
    {
        var vector = new float[dimensions];
        if (bytes.Length == dimensions * sizeof(float))
            bytes.CopyTo(MemoryMarshal.AsBytes(vector.AsSpan()));
        else if (bytes.Length == dimensions * sizeof(ushort))
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), vector);
        else
            throw new InvalidDataException($"A vector has {bytes.Length} bytes, which is not right for {dimensions} numbers. Make the vectors anew.");
        return vector;
    }
}
