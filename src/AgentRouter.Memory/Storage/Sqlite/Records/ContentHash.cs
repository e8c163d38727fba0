using System.Buffers;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>A hash of content as it is kept: bytes where it is written as hexadecimal digits, which is half as long, else as it is.</summary>
internal static class ContentHash
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static SqliteValue ToValue(string? hash) =>
        hash is { Length: > 0 } && hash.Length % 2 == 0 && !hash.AsSpan().ContainsAnyExcept(Digits) ? Convert.FromHexString(hash) : hash;

    public static string? Read(SqliteRow row, int column) =>
        row.IsText(column) ? row.Text(column) : row.Span(column) is { Length: > 0 } bytes ? Convert.ToHexStringLower(bytes) : null;
}
