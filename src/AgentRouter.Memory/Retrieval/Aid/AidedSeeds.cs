using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval.Aid;

/// <summary>Lets a walk begin also where the meaning of a passage is near, and where it speaks of what the question means.</summary>
internal static class AidedSeeds
{
    private const int Near = 150;

    // a passage that says the question in other words begins a walk as one does that has a third of its words
    private const float Meaning = 0.6f;

    /// <summary>Adds to scores of passages.</summary>
    /// <param name="index">The index.</param>
    /// <param name="question">The question.</param>
    /// <param name="seeds">The scores by words and names; changed in place.</param>
    /// <param name="aid">What helps, if anything does.</param>
    public static Dictionary<int, float> Of(MemoryIndex index, MemoryQuestion question, Dictionary<int, float> seeds, RankingAid? aid)
    {
        if (aid is null)
            return seeds;
        IEnumerable<int> meant = (aid.Embedded?.Nearest(index, Near, question.IncludeSuperseded) ?? []).Concat(aid.Anchors.Ids);
        foreach (int id in seeds.Keys.Concat(meant.Where(id => !index.IsSpoken(id))).ToHashSet())
            seeds[id] = seeds.GetValueOrDefault(id) + (Meaning * Math.Max(0, aid.Embedded?.Nearness(id) ?? 0)) + aid.Anchors.Of(id);
        return seeds;
    }
}
