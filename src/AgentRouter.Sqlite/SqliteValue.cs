using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using SQLitePCL;

namespace AgentRouter.Sqlite;

/// <summary>A value on its way into a statement: a number, text, bytes or nothing.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct SqliteValue
{
    private const int BytesOnStack = 512;

    private readonly string? _text;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly long _number;
    private readonly Kind _kind;

    private SqliteValue(Kind kind, long number = 0, string? text = null, ReadOnlyMemory<byte> bytes = default) =>
        (_kind, _number, _text, _bytes) = (kind, number, text, bytes);

    private enum Kind : byte
    {
        Nothing,
        Number,
        Text,
        Utf8,
        Bytes,
    }

    /// <summary>Makes a text that is UTF-8 already.</summary>
    public static SqliteValue Utf8(ReadOnlyMemory<byte> text) => new(Kind.Utf8, bytes: text);

    /// <summary>Makes bytes.</summary>
    public static SqliteValue Bytes(ReadOnlyMemory<byte> bytes) => new(Kind.Bytes, bytes: bytes);

    public static implicit operator SqliteValue(long number) => new(Kind.Number, number);

    public static implicit operator SqliteValue(long? number) => number is { } value ? value : default(SqliteValue);

    public static implicit operator SqliteValue(string? text) => text is null ? default : new(Kind.Text, text: text);

    public static implicit operator SqliteValue(byte[] bytes) => Bytes(bytes);

    /// <summary>Puts the value in its place in a statement.</summary>
    /// <returns>SQLite's result code.</returns>
    public int Bind(sqlite3_stmt statement, int place) => _kind switch
    {
        Kind.Number => raw.sqlite3_bind_int64(statement, place, _number),
        Kind.Text => BindText(statement, place, _text!),
        Kind.Utf8 => raw.sqlite3_bind_text(statement, place, _bytes.Span),
        Kind.Bytes => raw.sqlite3_bind_blob(statement, place, _bytes.Span),
        _ => raw.sqlite3_bind_null(statement, place),
    };

    // with its length: a text ends where it ends, and not at a NUL in it
    private static int BindText(sqlite3_stmt statement, int place, string text)
    {
        if (text.Length == 0)
            return raw.sqlite3_bind_text(statement, place, "");
        int size = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = size > BytesOnStack ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> bytes = rented ?? stackalloc byte[BytesOnStack];
        int result = raw.sqlite3_bind_text(statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return result;
    }
}
