namespace AgentRouter.Skills.Index;

/// <summary>A few numbers by which the likeness of two texts can be told without reading them again.</summary>
/// <remarks>
/// MinHash (A. Broder, "On the resemblance and containment of documents", 1997) with one hash over runs of three terms, parted into
/// bins (P. Li, A. Owen, C.-H. Zhang, "One permutation hashing", 2012): the share of equal bins estimates the share of common runs.
/// With 32 bins the estimate is off by 0.07 where it is 0.8.
/// </remarks>
/// <param name="bins">The bins, perhaps among those of others.</param>
/// <param name="start">Where they begin.</param>
internal readonly struct BodySketch(uint[] bins, int start = 0)
{
    /// <summary>The number of bins.</summary>
    public const int Bins = 32;

    /// <summary>The likeness from which two texts count as copies of each other.</summary>
    public const double CopyLikeness = 0.8;

    /// <summary>What an empty bin holds.</summary>
    public const uint Empty = uint.MaxValue;


    /// <summary>Gets the bins.</summary>
    public ReadOnlySpan<uint> Values => bins.AsSpan(start, Bins);

    /// <summary>Estimates how much two texts have in common, from 0 to 1. Texts of fewer than three terms are like nothing.</summary>
    public double Likeness(BodySketch other)
    {
        ReadOnlySpan<uint> own = Values, others = other.Values;
        int equal = 0, filled = 0;
        for (int i = 0; i < Bins; i++)
        {
            if (own[i] == Empty && others[i] == Empty)
                continue;
            filled++;
            equal += own[i] == others[i] ? 1 : 0;
        }

        return filled == 0 ? 0 : (double)equal / filled;
    }
}
