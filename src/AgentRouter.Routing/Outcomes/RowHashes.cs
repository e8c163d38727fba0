using System.Security.Cryptography;
using System.Text;

namespace AgentRouter.Routing.Outcomes;

/// <summary>Short hashes of rows, by which rows are known again under other ids and in other files: of the prompt, and where a row has none, of
/// its group and id.</summary>
internal static class RowHashes
{
    /// <summary>The bytes of a hash: of ten thousand rows and ten thousand others, one pair in three million tables meets by chance.</summary>
    public const int Length = 6;

    /// <summary>Computes the hash of a row, a number of 48 bits.</summary>
    public static long Of(OutcomeRow row)
    {
        string text = row.Prompt is { } prompt ? "prompt\n" + prompt : $"row\n{row.Group}\n{row.Id}";
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return Read(hash);
    }

    /// <summary>Computes the hashes of rows, each once, ascending.</summary>
    public static long[] Of(IEnumerable<OutcomeRow> rows) => [.. rows.Select(Of).Distinct().Order()];

    /// <summary>Writes hashes as one text.</summary>
    public static string Write(IReadOnlyList<long> hashes)
    {
        byte[] bytes = new byte[hashes.Count * Length];
        for (int i = 0; i < hashes.Count; i++)
        {
            for (int at = 0; at < Length; at++)
                bytes[i * Length + at] = (byte)(hashes[i] >> 8 * (Length - 1 - at));
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>Reads the text that <see cref="Write"/> made; <see langword="null"/> where it is none.</summary>
    public static long[]? Read(string text)
    {
        byte[] bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, bytes, out int written) || written % Length != 0)
            return null;
        return [.. Enumerable.Range(0, written / Length).Select(i => Read(bytes.AsSpan(i * Length, Length)))];
    }

    private static long Read(ReadOnlySpan<byte> bytes)
    {
        long hash = 0;
        foreach (byte part in bytes[..Length])
            hash = hash << 8 | part;
        return hash;
    }
}
