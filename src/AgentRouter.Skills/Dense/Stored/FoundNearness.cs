using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Skills.Dense.Stored;

/// <summary>Nearness by what a store has found: the nearest skills only.</summary>
/// <remarks>
/// How far a skill stands out needs the mean and the deviation over all skills, and a store gives the nearest. So the library is taken in two strata
/// (W. Cochran, "Sampling techniques", 1977, chapter 5): the skills that were found, whose cosines are known, and the others, for whom those of the sample
/// stand that were not found. Where everything was found there is nothing to estimate, and the measure is that of a scan.
/// </remarks>
/// <param name="found">The cosine of each skill that was found: of its nearest text.</param>
/// <param name="sample">The cosine of each skill of a sample of the library.</param>
internal sealed class FoundNearness(IReadOnlyDictionary<ContentHash, float> found, IReadOnlyDictionary<ContentHash, float> sample) : TaskNearness
{
    /// <inheritdoc/>
    /// <remarks>What was not found is as near as its stratum is in the mean, and no nearer than the last that was found.</remarks>
    public override void Fill(SkillIndex index, DocumentNumbers documents, Span<float> nearness)
    {
        int inIndex = 0;
        double sum = 0, squares = 0;
        float least = float.PositiveInfinity;
        nearness.Fill(float.NaN);
        int document = 0;
        HashSet<int> hidden = [.. documents.Hidden];
        foreach (IndexedSkill skill in index.Segments.SelectMany(segment => segment.Skills))
        {
            if (!hidden.Contains(document) && found.TryGetValue(skill.Hash, out float cosine))
            {
                nearness[document] = cosine;
                (sum, squares, least) = (sum + cosine, squares + (double)cosine * cosine, Math.Min(least, cosine));
                inIndex++;
            }

            document++;
        }

        (double mean, double deviation, float rest) = Measure(inIndex, documents.Count - hidden.Count - inIndex, sum, squares, least);
        float scale = deviation > 0 ? (float)(1 / (deviation * DenseView.FullDeviations)) : 0;
        for (document = 0; document < nearness.Length; document++)
            nearness[document] = ((float.IsNaN(nearness[document]) ? rest : nearness[document]) - (float)mean) * scale;
        foreach (int each in hidden)
            nearness[each] = 0;
    }

    // the mean and the deviation of all skills, and the cosine that stands for those that were not found
    private (double Mean, double Deviation, float Unfound) Measure(int inIndex, int others, double sum, double squares, float least)
    {
        double[] unseen = [.. sample.Where(each => !found.ContainsKey(each.Key)).Select(each => (double)each.Value)];
        double count = inIndex;
        if (others > 0 && unseen.Length > 0)
        {
            sum += others * unseen.Average();
            squares += others * unseen.Average(cosine => cosine * cosine);
            count += others;
        }

        if (count == 0)
            return (0, 0, 0);
        double mean = sum / count;
        double expected = unseen.Length > 0 ? unseen.Average() : mean;
        return (mean, Math.Sqrt(Math.Max(0, squares / count - mean * mean)), (float)Math.Min(least, expected));
    }
}
