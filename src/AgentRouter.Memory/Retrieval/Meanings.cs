using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Retrieval;

/// <summary>What the words of nodes mean together: the sum of their vectors, each by how rare the word is here, less what is said everywhere here.</summary>
/// <remarks>S. Arora et al., "A simple but tough-to-beat baseline for sentence embeddings", 2017. What all texts of a scope share says nothing about any of
/// them; without taking it off, everything is near everything.</remarks>
internal sealed class Meanings
{
    // enough texts to know what is said everywhere
    private const int Sample = 2_000;

    // what is said everywhere changes slowly
    private const float Grown = 1.2f;

    private readonly MemoryIndex _index;
    private readonly ConditionalWeakTable<IndexSegment, float[]> _rarities = [];
    private readonly float[] _common;

    // half the usual length of a sum: a shorter one is made of few words, and its direction says little
    private readonly float _doubt;

    private Meanings(MemoryIndex index, SaidEverywhere? known)
    {
        _index = index;
        Everywhere = known ?? ReadEverywhere(index);
        (_common, _doubt) = (Everywhere.Meaning, Everywhere.Doubt);
    }

    /// <summary>Gets what is said everywhere.</summary>
    public SaidEverywhere Everywhere { get; }

    private SaidEverywhere ReadEverywhere(MemoryIndex index)
    {
        var common = new float[Length];
        float lengths = 0;
        int taken = 0, every = 1 + (index.Lengths.Count / Sample);
        var sum = new float[Length];
        foreach (IndexSegment segment in index.Segments)
        {
            for (int row = 0; row < segment.Nodes.Count; row++)
            {
                // by their numbers, so that it is the same however the index came about
                if ((segment.FirstId + row) % every != 0 || (segment.Nodes.Flags[row] & NodeFlags.Answer) == 0)
                    continue;
                Read(segment, row, sum);
                TensorPrimitives.Add(common, sum, common);
                lengths += TensorPrimitives.Norm(sum);
                taken++;
            }
        }

        if (taken > 0)
            TensorPrimitives.Divide(common, taken, common);
        return new SaidEverywhere(index.EndId, common, taken == 0 ? 0 : lengths / taken / 2);
    }

    /// <summary>Reads what is said everywhere in an index; in a large one that has grown little, takes it from the index before.</summary>
    /// <param name="index">The index.</param>
    /// <param name="known">What an index before has read, if one has.</param>
    public static Meanings Of(MemoryIndex index, SaidEverywhere? known) =>
        new(index, index.Lengths.Count > Sample && index.EndId < known?.EndId * Grown ? known : null);

    private static int Length => WordVectors.Rows.Stride;

    /// <summary>Computes how near the meaning of a node is to that of a question.</summary>
    /// <param name="id">The node.</param>
    /// <param name="meaning">The direction of the question.</param>
    /// <returns>A cosine, lower for nodes of few words, 0 where one of them has no word with a vector.</returns>
    public float Nearness(int id, ReadOnlySpan<float> meaning)
    {
        IndexSegment segment = _index.SegmentOf(id);
        Span<float> sum = stackalloc float[Length];
        if (!Read(segment, id - segment.FirstId, sum))
            return 0;
        TensorPrimitives.Subtract(sum, _common, sum);
        float length = MathF.Sqrt(TensorPrimitives.SumOfSquares(sum) + (_doubt * _doubt)) * TensorPrimitives.Norm(meaning);
        return length == 0 ? 0 : TensorPrimitives.Dot(sum[..meaning.Length], meaning) / length;
    }

    private bool Read(IndexSegment segment, int row, Span<float> sum)
    {
        sum.Clear();
        ReadOnlySpan<int> places = segment.Forward.PlacesOf(row);
        ReadOnlySpan<byte> counts = segment.Forward.CountsOf(row);
        bool isKnown = false;
        for (int i = 0; i < places.Length; i++)
        {
            if (segment.VectorRows[places[i]] is not (>= 0 and var vector))
                continue;
            isKnown = true;
            WordVectors.Add(vector, Math.Min(1, counts[i] / 10f) * Rarity(segment, places[i]), sum);
        }

        return isKnown;
    }

    // how rare a term is, is looked up once for each segment; two threads that look at once find the same
    private float Rarity(IndexSegment segment, int place)
    {
        float[] rarities = _rarities.GetValue(segment, static segment => new float[segment.Postings.Terms.Length]);
        ref float rarity = ref rarities[place];
        if (rarity == 0)
            rarity = QuestionReader.Rarity(_index, segment.Postings.Terms[place]);
        return rarity;
    }

    /// <summary>What is said everywhere.</summary>
    /// <param name="EndId">The number after that of the last node that it was read of.</param>
    /// <param name="Meaning">The mean of the sums.</param>
    /// <param name="Doubt">Half their usual length.</param>
    public sealed record SaidEverywhere(int EndId, float[] Meaning, float Doubt);
}
