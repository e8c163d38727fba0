using System.Text;
using AgentRouter.Language.Vectors;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Ranking;

namespace AgentRouter.Skills.Index.Files;

/// <summary>Writes and reads where vectors come from, and checks that they fit, before anything trusts them.</summary>
internal static class StoredSpace
{
    private const byte Learned = 1;
    private const byte Embedded = 2;

    /// <summary>Writes a space.</summary>
    /// <returns>The bytes; none for no space.</returns>
    public static byte[] Write(VectorSpace? space)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        if (space is not null)
        {
            writer.Write(space is LearnedWords ? Learned : Embedded);
            writer.Write(space.Dimensions);
            writer.Write((space as LearnedWords)?.ChangedSince ?? 0);
            writer.Write((space as EmbeddedTexts)?.Name ?? "");
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads a space.</summary>
    /// <param name="bytes">What <see cref="Write"/> made.</param>
    /// <param name="words">The terms that have learned vectors.</param>
    /// <param name="weights">What these vectors are to be multiplied with.</param>
    /// <param name="rows">These vectors.</param>
    /// <exception cref="EndOfStreamException">The bytes end too early.</exception>
    /// <exception cref="InvalidDataException">The parts do not fit.</exception>
    public static VectorSpace? Read(byte[] bytes, ulong[] words, float[] weights, sbyte[] rows)
    {
        Require((bytes.Length > 0 && bytes[0] == Learned) || words.Length + weights.Length + rows.Length == 0);
        if (bytes.Length == 0)
            return null;
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        byte kind = reader.ReadByte();
        int dimensions = reader.ReadInt32(), changed = reader.ReadInt32();
        string name = reader.ReadString();
        Require(dimensions is > 0 and <= Int8Rows.MaxDimensions && changed >= 0 && kind is Learned or Embedded && reader.BaseStream.Position == bytes.Length);
        if (kind == Embedded)
            return new EmbeddedTexts(name, dimensions);
        Require(words.Length == weights.Length && !weights.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue));
        for (int i = 1; i < words.Length; i++)
            Require(words[i - 1] < words[i]);
        return new LearnedWords(SkillRecipes.WithDenseList.Dense!, words, weights, Rows(rows, words.Length, dimensions)) { ChangedSince = changed };
    }

    /// <summary>Reads the vectors of skills.</summary>
    /// <param name="space">Where they come from.</param>
    /// <param name="values">The vectors.</param>
    /// <param name="ends">Where those of each skill end; empty when each has one.</param>
    /// <param name="skills">The number of skills.</param>
    /// <exception cref="InvalidDataException">The parts do not fit.</exception>
    public static SegmentVectors? Vectors(VectorSpace? space, sbyte[] values, int[] ends, int skills)
    {
        if (space is null)
        {
            Require(values.Length + ends.Length == 0);
            return null;
        }

        bool hasSeveral = space is EmbeddedTexts;
        Require(ends.Length == (hasSeveral ? skills : 0));
        for (int i = 0; i < ends.Length; i++)
            Require(ends[i] >= (i == 0 ? 0 : ends[i - 1]));
        int rows = !hasSeveral ? skills : skills == 0 ? 0 : ends[^1];
        return new SegmentVectors(Rows(values, rows, space.Dimensions), hasSeveral ? ends : null);
    }

    private static Int8Rows Rows(sbyte[] values, int rows, int dimensions)
    {
        // -128 is never written, and sums are made to hold without it
        Require(values.Length == (long)rows * Int8Rows.StrideOf(dimensions) && !values.AsSpan().Contains(sbyte.MinValue));
        return new Int8Rows(values, dimensions);
    }

    private static void Require(bool fits)
    {
        if (!fits)
            throw new InvalidDataException("The vectors of the index do not fit.");
    }
}
