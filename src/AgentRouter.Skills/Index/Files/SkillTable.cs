using System.Runtime.InteropServices;
using System.Text;

namespace AgentRouter.Skills.Index.Files;

/// <summary>Writes and reads what is known of each skill.</summary>
internal static class SkillTable
{
    private const int MostSources = ushort.MaxValue;
    private const int LeastLength = ContentHash.Length + BodySketch.Bins * sizeof(uint);

    /// <summary>Writes the skills.</summary>
    public static byte[] Write(IReadOnlyList<IndexedSkill> skills)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(skills.Count);
        foreach (IndexedSkill skill in skills)
        {
            writer.Write(skill.Source);
            writer.Write(skill.Hash.First);
            writer.Write(skill.Hash.Second);
            writer.Write(MemoryMarshal.AsBytes(skill.Sketch.Values));
            foreach (string text in new[] { skill.Id, skill.Name, skill.Description, skill.Stamp })
            {
                byte[] encoded = Encoding.UTF8.GetBytes(text);
                writer.Write7BitEncodedInt(encoded.Length);
                writer.Write(encoded);
            }
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads the skills. Their texts stay where they are.</summary>
    /// <exception cref="EndOfStreamException">The bytes end too early.</exception>
    /// <exception cref="InvalidDataException">They hold what was never written.</exception>
    public static IndexedSkill[] Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        int count = reader.ReadInt32();
        if (count < 0 || count > bytes.Length / LeastLength)
            throw new InvalidDataException("The table says that it has more skills than it can hold.");
        var skills = new IndexedSkill[count];
        uint[] bins = new uint[checked(count * BodySketch.Bins)];
        for (int i = 0; i < count; i++)
        {
            int source = reader.ReadInt32();
            if (source is < 0 or > MostSources)
                throw new InvalidDataException("The table names a source that no index has.");
            var hash = new ContentHash(reader.ReadUInt64(), reader.ReadUInt64());
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(bins.AsSpan(i * BodySketch.Bins, BodySketch.Bins)));
            skills[i] = new IndexedSkill(Text(reader, bytes), Text(reader, bytes), Text(reader, bytes), Text(reader, bytes))
            {
                Source = source,
                Hash = hash,
                Sketch = new BodySketch(bins, i * BodySketch.Bins),
            };
        }

        return skills;
    }

    private static StoredText Text(BinaryReader reader, byte[] bytes)
    {
        int length = reader.Read7BitEncodedInt(), start = (int)reader.BaseStream.Position;
        if (length < 0 || length > bytes.Length - start)
            throw new InvalidDataException("A text of the table is longer than the table.");
        reader.BaseStream.Position = start + length;
        return new StoredText(bytes, start, length);
    }
}
