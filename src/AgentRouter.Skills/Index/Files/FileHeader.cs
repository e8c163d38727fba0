using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using AgentRouter.Configuration;

namespace AgentRouter.Skills.Index.Files;

/// <summary>The head of an index file: what it is, its version, and the length and checksum of each section; with a checksum of its own.</summary>
internal static class FileHeader
{
    /// <summary>The version of the format, and of how words become terms: another one cannot be read.</summary>
    public const uint Version = 2;

    /// <summary>The number of sections.</summary>
    public static readonly int Sections = Enum.GetValues<FileSection>().Length;

    private const int EntryLength = sizeof(long) + sizeof(uint);
    private static ReadOnlySpan<byte> Magic => "ARSKILLS"u8;

    /// <summary>Gets the length of the head, in bytes.</summary>
    public static int Length => Magic.Length + sizeof(uint) + Sections * EntryLength + sizeof(uint);

    /// <summary>Tells whether a file begins as an index of this version or an older one does.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> bytes) => IsIndex(bytes) && VersionOf(bytes) <= Version;

    /// <summary>Writes a head.</summary>
    /// <param name="sections">The length and the checksum of each section.</param>
    public static byte[] Write(ReadOnlySpan<(long Length, uint Checksum)> sections)
    {
        byte[] bytes = new byte[Length];
        Span<byte> left = bytes;
        Magic.CopyTo(left);
        left = left[Magic.Length..];
        BinaryPrimitives.WriteUInt32LittleEndian(left, Version);
        left = left[sizeof(uint)..];
        foreach ((long length, uint checksum) in sections)
        {
            BinaryPrimitives.WriteInt64LittleEndian(left, length);
            BinaryPrimitives.WriteUInt32LittleEndian(left[sizeof(long)..], checksum);
            left = left[EntryLength..];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(left, Checksum(bytes.AsSpan(..^sizeof(uint))));
        return bytes;
    }

    /// <summary>Reads a head.</summary>
    /// <param name="bytes">The beginning of the file.</param>
    /// <param name="path">The file, for messages.</param>
    /// <returns>The length and the checksum of each section.</returns>
    /// <exception cref="ConfigurationException">It is another kind of file, of another version, or damaged.</exception>
    public static (long Length, uint Checksum)[] Read(ReadOnlySpan<byte> bytes, string path)
    {
        if (!IsIndex(bytes))
            throw new ConfigurationException($"{path} is no index of skills. Make one with 'agentrouter skills index'.");
        uint version = VersionOf(bytes);
        if (version != Version)
        {
            throw new ConfigurationException(version > Version
                ? $"{path} was written by a newer agentrouter (format {version}; this one reads {Version}). Update agentrouter, or make the index again with 'agentrouter skills index' into another file."
                : $"{path} was written by an older agentrouter (format {version}; this one reads {Version}). Make it again with 'agentrouter skills index'.");
        }

        if (bytes.Length < Length || BinaryPrimitives.ReadUInt32LittleEndian(bytes[(Length - sizeof(uint))..]) != Checksum(bytes[..(Length - sizeof(uint))]))
            throw Damaged(path);
        var sections = new (long Length, uint Checksum)[Sections];
        ReadOnlySpan<byte> left = bytes[(Magic.Length + sizeof(uint))..];
        for (int i = 0; i < sections.Length; i++, left = left[EntryLength..])
            sections[i] = (BinaryPrimitives.ReadInt64LittleEndian(left), BinaryPrimitives.ReadUInt32LittleEndian(left[sizeof(long)..]));
        return sections;
    }

    private static bool IsIndex(ReadOnlySpan<byte> bytes) => bytes.Length >= Magic.Length + sizeof(uint) && bytes.StartsWith(Magic);

    private static uint VersionOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[Magic.Length..]);

    /// <summary>Computes a checksum: CRC-32C, which notices any change of up to four bytes in a row.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            checksum = BitOperations.Crc32C(checksum, word);
        foreach (byte last in bytes[(words.Length * sizeof(ulong))..])
            checksum = BitOperations.Crc32C(checksum, last);
        return ~checksum;
    }

    /// <summary>Makes the exception for a file that is not as it was written.</summary>
    public static ConfigurationException Damaged(string path, Exception? cause = null) =>
        new($"{path} is damaged. Make it again with 'agentrouter skills index'.", cause);
}
