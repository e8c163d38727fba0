using System.Buffers.Binary;
using System.Text;
using AgentRouter.Sqlite;
using AgentRouter.Workflows.Runs.Sqlite.Values;

namespace AgentRouter.Workflows.Runs.Sqlite.Records;

/// <summary>How an event lies in its row: a short one as JSON that every tool can read, a long one packed behind its size.</summary>
internal static class EventText
{
    private const int MaxBytes = 64 << 20;
    private const string Discriminator = "{\"event\":\"";

    /// <summary>Gets the name of an event's kind from its JSON, which begins with it.</summary>
    public static string KindOf(string json)
    {
        int end = json.StartsWith(Discriminator, StringComparison.Ordinal) ? json.IndexOf('"', Discriminator.Length) : -1;
        return end > 0 ? json[Discriminator.Length..end] : throw new ArgumentException("The JSON of an event does not begin with its kind.", nameof(json));
    }

    /// <summary>Gets what goes into the row.</summary>
    public static SqliteValue Pack(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        if (bytes.Length > MaxBytes || Packing.Pack(bytes) is not { } packed)
            return SqliteValue.Utf8(bytes);
        byte[] row = new byte[sizeof(int) + packed.Length];
        BinaryPrimitives.WriteInt32LittleEndian(row, bytes.Length);
        packed.CopyTo(row, sizeof(int));
        return row;
    }

    /// <summary>Gets the JSON out of a row.</summary>
    /// <exception cref="InvalidDataException">The row holds none.</exception>
    public static string Unpack(StoredEvent stored)
    {
        if (stored.Text is { } text)
            return text;
        if (stored.Packed is { Length: > sizeof(int) } packed && BinaryPrimitives.ReadInt32LittleEndian(packed) is >= 0 and <= MaxBytes and var size)
            return Encoding.UTF8.GetString(Packing.Unpack(packed.AsSpan(sizeof(int)), size));
        throw new InvalidDataException("The row holds no event.");
    }
}
