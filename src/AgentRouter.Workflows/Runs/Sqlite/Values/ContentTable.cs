using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using AgentRouter.Sqlite;

namespace AgentRouter.Workflows.Runs.Sqlite.Values;

/// <summary>The values that events refer to: equal ones once, under their hash.</summary>
internal static class ContentTable
{
    /// <summary>The largest value that is kept.</summary>
    public const int MaxBytes = 256 << 20;

    /// <summary>Gets the number of a value; stores it when it is new.</summary>
    /// <param name="db">The connection, in a transaction.</param>
    /// <param name="name">The value's hash, as <see cref="ValueHash"/> makes it.</param>
    /// <param name="value">The value; empty where the event refers to one that is there already.</param>
    /// <exception cref="ArgumentException">The hash is not that of the value, or the value is too large.</exception>
    public static long Put(SqliteStatements db, string name, ReadOnlyMemory<byte> value)
    {
        byte[] hash = HashOf(name);
        if (db.Number("SELECT id FROM content WHERE hash = ?1", hash) is { } known)
            return known;
        if (value.Length > MaxBytes)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A value of {value.Length:N0} bytes is too large for the store; it keeps up to {MaxBytes >> 20} MiB."), nameof(value));
        if (!SHA256.HashData(value.Span).AsSpan().SequenceEqual(hash))
            throw new ArgumentException($"An event refers to the value {name}, but neither is it in the store, nor is it the hash of what came with the event.", nameof(value));
        byte[]? packed = Packing.Pack(value.Span);
        return db.Number(
            "INSERT INTO content(hash, size, packed, data) VALUES(?1, ?2, ?3, ?4) RETURNING id",
            hash, (long)value.Length, packed is null ? 0L : 1L, SqliteValue.Bytes(packed ?? value))!.Value;
    }

    /// <summary>Tells whether a value is there.</summary>
    public static bool Has(SqliteStatements db, string name) => db.Number("SELECT 1 FROM content WHERE hash = ?1", HashOf(name)) is not null;

    /// <summary>Reads a value.</summary>
    /// <exception cref="InvalidDataException">The value is missing or damaged.</exception>
    public static byte[] Get(SqliteStatements db, string name)
    {
        Stored? stored = db.First("SELECT hash, size, packed, data FROM content WHERE hash = ?1", static row => (Stored?)Stored.Read(row), HashOf(name));
        return stored is { } found ? found.Open() : throw new InvalidDataException($"The value {name} is not in the store.");
    }

    private static byte[] HashOf(string name)
    {
        byte[] hash = new byte[SHA256.HashSizeInBytes];
        return Convert.FromHexString(name, hash, out int read, out int written) == OperationStatus.Done && read == name.Length && written == hash.Length
            ? hash
            : throw new InvalidDataException($"'{TextLimit.Shorten(name, 80)}' is not the hash of a value.");
    }
}
