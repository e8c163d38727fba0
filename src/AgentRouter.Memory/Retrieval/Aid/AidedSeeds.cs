using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval.Aid;

/// <summary>Lets a walk begin also where the meaning of a passage is near, and where it speaks of what the question means.</summary>
internal sealed class AidedSeeds
{
    private const int Near = 150;

    // a passage that says the question in other words begins a walk as one does that has a third of its words
    private const float Meaning = 0.6f;

    private readonly RankingAid _aid;

    /// <summary>Finds what else a walk may begin at.</summary>
    /// <param name="index">The index.</param>
    /// <param name="question">The question.</param>
    /// <param name="aid">What helps.</param>
    public AidedSeeds(MemoryIndex index, MemoryQuestion question, RankingAid aid)
    {
        _aid = aid;
        Ids = (aid.Embedded?.Nearest(index, Near, question.IncludeSuperseded) ?? []).Concat(aid.Anchors.Ids).Where(id => !index.IsSpoken(id)).ToHashSet();
    }

    /// <summary>Gets the passages that it found.</summary>
    public IReadOnlySet<int> Ids { get; }

    /// <summary>Computes what is added to the score of a passage.</summary>
    public float Of(int id) => (Meaning * Math.Max(0, _aid.Embedded?.Nearness(id) ?? 0)) + _aid.Anchors.Of(id);
}
