using System.Security.Cryptography;
using AgentRouter.Sqlite;

namespace AgentRouter.Workflows.Runs.Sqlite.Values;

/// <summary>A value as it lies in the table.</summary>
internal readonly record struct Stored(byte[] Hash, long Size, bool IsPacked, byte[] Data)
{
    public string Name => Convert.ToHexStringLower(Hash);

    /// <summary>Reads a row of hash, size, packed and data.</summary>
    public static Stored Read(SqliteRow row) => new(row.Bytes(0), row.Number(1), row.Number(2) != 0, row.Bytes(3));

    /// <summary>Gets the value, checked.</summary>
    /// <exception cref="InvalidDataException">It is not what it was.</exception>
    public byte[] Open()
    {
        try
        {
            if (Size is < 0 or > ContentTable.MaxBytes)
                throw new InvalidDataException("Its size is impossible.");
            byte[] value = IsPacked ? Packing.Unpack(Data, (int)Size) : Data;
            return SHA256.HashData(value).AsSpan().SequenceEqual(Hash) ? value : throw new InvalidDataException("Its content is another one.");
        }
        catch (InvalidDataException reason)
        {
            throw new InvalidDataException($"The value {Name} is damaged in the store. {reason.Message}", reason);
        }
    }
}
