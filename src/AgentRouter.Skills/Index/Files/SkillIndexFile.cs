using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AgentRouter.Configuration;
using AgentRouter.Skills.Ranking;

namespace AgentRouter.Skills.Index.Files;

/// <summary>Keeps an index in one file.</summary>
/// <remarks>
/// A head and five sections, each with its checksum, little-endian. The file holds the terms of each skill; the lists for searching are made
/// of them when it is loaded, which takes less time than reading them from the disk would. It is written beside its place and moved there when
/// it is whole, so whoever is stopped in between leaves the old one as it was.
/// </remarks>
public static class SkillIndexFile
{
    /// <summary>Writes an index.</summary>
    /// <param name="index">The index.</param>
    /// <param name="path">The file; one of that name is replaced at once or not at all.</param>
    public static void Save(SkillIndex index, string path)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentException.ThrowIfNullOrEmpty(path);
        LiveSegment segment = index.Compact();
        byte[] skills = SkillTable.Write(segment.Skills);
        string temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            Write(file, skills, MemoryMarshal.AsBytes(segment.Terms.Terms), MemoryMarshal.AsBytes(segment.Terms.Ends), segment.Terms.Lists, MemoryMarshal.AsBytes(segment.Terms.Lengths));
            // what is moved into place must be on the disk, or a power cut leaves a file of zeros
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Tells whether a file is an index, perhaps damaged, of this version or an older one: whoever makes it again loses nothing.</summary>
    /// <param name="path">The file.</param>
    public static bool CanBeMadeAgain(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        byte[] head = new byte[Math.Min(file.Length, FileHeader.Length)];
        file.ReadExactly(head);
        return FileHeader.IsKnown(head);
    }

    /// <summary>Reads an index.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">It is no index, one of another version, or damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static SkillIndex Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        byte[] head = new byte[Math.Min(file.Length, FileHeader.Length)];
        file.ReadExactly(head);
        (long Length, uint Checksum)[] sections = FileHeader.Read(head, path);
        if (sections.Any(section => section.Length < 0 || section.Length > Array.MaxLength) || sections.Sum(section => section.Length) != file.Length - head.Length)
            throw FileHeader.Damaged(path);
        try
        {
            byte[] skills = Read<byte>(FileSection.Skills);
            var segment = new IndexSegment(Read<ulong>(FileSection.Terms), Read<int>(FileSection.Ends), Read<byte>(FileSection.Lists), Read<int>(FileSection.Lengths));
            return SkillIndex.Of(SkillRecipes.Default, SegmentCheck.Checked(segment, SkillTable.Read(skills)));
        }
        catch (Exception e) when (((e as AggregateException)?.InnerException ?? e) is EndOfStreamException or InvalidDataException or ArgumentException or IndexOutOfRangeException or FormatException)
        {
            // whole, but never written by us
            throw FileHeader.Damaged(path, e);
        }

        T[] Read<T>(FileSection section)
            where T : unmanaged
        {
            (long length, uint checksum) = sections[(int)section];
            var values = new T[length / Unsafe.SizeOf<T>()];
            Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
            if (bytes.Length != length)
                throw FileHeader.Damaged(path);
            file.ReadExactly(bytes);
            return FileHeader.Checksum(bytes) == checksum ? values : throw FileHeader.Damaged(path);
        }
    }

    private static void Write(FileStream file, ReadOnlySpan<byte> skills, ReadOnlySpan<byte> terms, ReadOnlySpan<byte> ends, ReadOnlySpan<byte> lists, ReadOnlySpan<byte> lengths)
    {
        file.Write(FileHeader.Write([Entry(skills), Entry(terms), Entry(ends), Entry(lists), Entry(lengths)]));
        file.Write(skills);
        file.Write(terms);
        file.Write(ends);
        file.Write(lists);
        file.Write(lengths);

        static (long Length, uint Checksum) Entry(ReadOnlySpan<byte> section) => (section.Length, FileHeader.Checksum(section));
    }
}
