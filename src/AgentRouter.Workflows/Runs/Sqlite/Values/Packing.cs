using System.IO.Compression;

namespace AgentRouter.Workflows.Runs.Sqlite.Values;

/// <summary>Makes what is stored smaller where that pays.</summary>
internal static class Packing
{
    /// <summary>Below this many bytes the work costs more than the bytes.</summary>
    public const int MinimumBytes = 2_048;

    // the fastest level: text shrinks to about a third
    private const int Quality = 1;
    private const int Window = 18;

    /// <summary>Packs bytes.</summary>
    /// <returns>The packed bytes, or <see langword="null"/> when less than an eighth would be saved.</returns>
    public static byte[]? Pack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MinimumBytes)
            return null;
        byte[] packed = new byte[bytes.Length - (bytes.Length / 8)];
        return BrotliEncoder.TryCompress(bytes, packed, out int length, Quality, Window) ? packed[..length] : null;
    }

    /// <summary>Unpacks bytes.</summary>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="size">How many they were before.</param>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> packed, int size)
    {
        byte[] bytes = new byte[size];
        return BrotliDecoder.TryDecompress(packed, bytes, out int length) && length == size ? bytes : throw new InvalidDataException("The packed bytes are damaged.");
    }
}
