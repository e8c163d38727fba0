using System.Buffers.Binary;
using System.IO.Compression;
using AgentRouter.Configuration;

namespace AgentRouter.JsonLines;

/// <summary>Refuses gzip files that are cut or have something behind their end: <see cref="GZipStream"/> reads what is there and says nothing.</summary>
internal static class GzipCheck
{
    private const int HeaderAndTrailer = 18;
    private const int TrailerLength = 4;

    /// <summary>Unpacks a file once and compares what came out with the length that the file ends with (RFC 1952, ISIZE).</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ConfigurationException">The file is no gzip file, or not one whole one.</exception>
    public static async Task RequireWholeAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true);
        byte[] head = new byte[2];
        if (await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < head.Length || head is not [0x1f, 0x8b])
            throw new ConfigurationException($"{path}: the file is not packed with gzip, though its name ends with .gz. Rename it, or pack it.");
        if (file.Length < HeaderAndTrailer || await UnpackedLengthAsync(file, path, cancellationToken).ConfigureAwait(false) != await RecordedLengthAsync(path, cancellationToken).ConfigureAwait(false))
            throw new ConfigurationException($"{path}: the gzip file is cut, or something stands behind its end. Get it again.");
    }

    // the trailer holds the lowest 32 bits
    private static async Task<uint> UnpackedLengthAsync(FileStream file, string path, CancellationToken cancellationToken)
    {
        file.Position = 0;
        await using var content = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        byte[] buffer = new byte[64 * 1024];
        uint length = 0;
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
                length = unchecked(length + (uint)read);
        }
        catch (InvalidDataException error)
        {
            throw new ConfigurationException($"{path}: the gzip file is damaged. Get it again.", error);
        }

        return length;
    }

    private static async Task<uint> RecordedLengthAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true);
        file.Seek(-TrailerLength, SeekOrigin.End);
        byte[] trailer = new byte[TrailerLength];
        await file.ReadExactlyAsync(trailer, cancellationToken).ConfigureAwait(false);
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer);
    }
}
