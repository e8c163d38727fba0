using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AgentRouter.Configuration;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Ranking;

namespace AgentRouter.Skills.Index.Files;

/// <summary>Keeps an index in one file.</summary>
/// <remarks>
/// A head and sections, each with its checksum, little-endian. The file holds the terms of each skill; the lists for searching are made
/// of them when it is loaded, which takes less time than reading them from the disk would. It is written beside its place and moved there when
/// it is whole, so whoever is stopped in between leaves the old one as it was.
/// </remarks>
public static class SkillIndexFile
{
    private const string Temporary = ".tmp";

    /// <summary>Writes an index.</summary>
    /// <param name="index">The index.</param>
    /// <param name="path">The file; one of that name is replaced at once or not at all.</param>
    public static void Save(SkillIndex index, string path)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentException.ThrowIfNullOrEmpty(path);
        LiveSegment segment = index.Compact();
        var words = index.Space as LearnedWords;
        var sections = new (long Length, uint Checksum)[FileHeader.Sections];
        string temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}{Temporary}");
        RemoveLeftOvers(path);
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            // the head comes last, when all checksums are known
            file.Position = FileHeader.Length;
            Write<byte>(file, FileSection.Skills, SkillTable.Write(segment.Skills));
            Write(file, FileSection.Terms, segment.Terms.Terms);
            Write(file, FileSection.Ends, segment.Terms.Ends);
            Write(file, FileSection.Lists, segment.Terms.Lists);
            Write(file, FileSection.Lengths, segment.Terms.Lengths);
            Write<byte>(file, FileSection.Space, StoredSpace.Write(index.Space));
            Write(file, FileSection.Words, words is null ? [] : words.Words);
            Write(file, FileSection.WordWeights, words is null ? [] : words.Weights);
            Write(file, FileSection.WordRows, words is null ? [] : words.Rows.Values);
            Write(file, FileSection.Vectors, segment.Vectors is null ? [] : segment.Vectors.Rows.Values);
            Write(file, FileSection.VectorEnds, segment.Vectors is null ? [] : segment.Vectors.Ends);
            file.Position = 0;
            file.Write(FileHeader.Write(sections));
            // what is moved into place must be on the disk, or a power cut leaves a file of zeros
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);

        void Write<T>(FileStream file, FileSection section, ReadOnlySpan<T> values)
            where T : unmanaged
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
            sections[(int)section] = (bytes.Length, FileHeader.Checksum(bytes));
            file.Write(bytes);
        }
    }

    // of processes that were killed while they wrote; what is being written is locked
    private static void RemoveLeftOvers(string path)
    {
        string full = Path.GetFullPath(path);
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(full)!, Path.GetFileName(full) + ".*" + Temporary))
        {
            try
            {
                using var left = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // somebody else's
            }
        }
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
            LiveSegment live = SegmentCheck.Checked(segment, SkillTable.Read(skills));
            VectorSpace? space = StoredSpace.Read(Read<byte>(FileSection.Space), Read<ulong>(FileSection.Words), Read<float>(FileSection.WordWeights), Read<sbyte>(FileSection.WordRows));
            SegmentVectors? vectors = StoredSpace.Vectors(space, Read<sbyte>(FileSection.Vectors), Read<int>(FileSection.VectorEnds), live.Skills.Count);
            return SkillIndex.Of(SkillRecipes.Default, live with { Vectors = vectors }, space);
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
}
