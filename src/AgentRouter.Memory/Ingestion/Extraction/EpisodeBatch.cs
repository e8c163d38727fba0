using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Episodes of one source in a row that a model is asked about at once.</summary>
/// <param name="Episodes">The numbers of the episodes.</param>
/// <param name="Length">The characters of their texts.</param>
internal sealed record EpisodeBatch(IReadOnlyList<long> Episodes, int Length)
{
    /// <summary>Parts episodes into batches, always in the same way: one that does not fit begins the next, and a long one is a batch of its own.</summary>
    /// <param name="episodes">The episodes by source and place.</param>
    public static IReadOnlyList<EpisodeBatch> Part(IEnumerable<UnmarkedNode> episodes)
    {
        var batches = new List<EpisodeBatch>();
        var current = new List<long>();
        (int length, long source) = (0, -1);
        foreach (UnmarkedNode episode in episodes)
        {
            bool fits = episode.SourceId == source && length + episode.Length <= ExtractionLimits.BatchLength && current.Count < ExtractionLimits.BatchEpisodes;
            if (!fits)
                End();
            source = episode.SourceId;
            current.Add(episode.Id);
            length += episode.Length;
        }

        End();
        return batches;

        void End()
        {
            if (current.Count > 0)
                batches.Add(new EpisodeBatch([.. current], length));
            current.Clear();
            length = 0;
        }
    }
}
