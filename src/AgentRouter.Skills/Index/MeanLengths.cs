using AgentRouter.Skills.Ranking;

namespace AgentRouter.Skills.Index;

/// <summary>The mean lengths of the parts of all views, in terms, rounded.</summary>
/// <remarks>
/// What a term counts in a document depends on the mean length of all documents, so that every document that comes or goes would change
/// all of them a little. The means are rounded to a thirty-second of their power of two: what was computed stays true until a mean crosses
/// the next step, and an index that grew is the same as one that was built at once. The step changes a score by less than BM25 can tell.
/// </remarks>
internal sealed class MeanLengths : IEquatable<MeanLengths>
{
    private const double Steps = 32;
    private readonly double[][] _means;

    private MeanLengths(double[][] means) => _means = means;

    /// <summary>Computes the means.</summary>
    /// <param name="recipe">The views.</param>
    /// <param name="fieldTotals">The length of each field over all documents.</param>
    /// <param name="documents">The number of documents.</param>
    public static MeanLengths Of(RankingRecipe recipe, ReadOnlySpan<long> fieldTotals, int documents)
    {
        var means = new double[recipe.Views.Count][];
        for (int view = 0; view < means.Length; view++)
        {
            means[view] = new double[recipe.Views[view].Parts.Count];
            for (int part = 0; part < means[view].Length; part++)
            {
                long total = 0;
                for (int field = 0; field < fieldTotals.Length; field++)
                    total += (recipe.Views[view].Parts[part].Fields >> field & 1) * fieldTotals[field];
                means[view][part] = Round(documents == 0 ? 0 : (double)total / documents);
            }
        }

        return new MeanLengths(means);
    }

    /// <summary>Gets the mean lengths of a view's parts.</summary>
    public ReadOnlySpan<double> OfView(int view) => _means[view];

    /// <inheritdoc/>
    public bool Equals(MeanLengths? other) => other is not null && _means.Length == other._means.Length
        && _means.Zip(other._means).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MeanLengths);

    /// <inheritdoc/>
    public override int GetHashCode() => _means.Length;

    private static double Round(double mean)
    {
        if (mean <= 0)
            return 0;
        double step = Math.Pow(2, Math.Floor(Math.Log2(mean))) / Steps;
        return Math.Round(mean / step) * step;
    }
}
