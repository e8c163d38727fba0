using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Text.Entities;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Reads what a model is shown of a batch: its episodes, what was said right before, and what is known about the names in it.</summary>
internal sealed class BatchReader(IMemoryRecords records)
{
    // an episode's edges to its source, what it names and its neighbours are written with it, and come first
    private const int EdgesOfEpisode = 500;

    /// <summary>Reads a batch.</summary>
    /// <param name="numbers">The numbers of its episodes.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>What is shown; <see langword="null"/> where an episode is gone or holds no longer.</returns>
    public async Task<BatchReading?> ReadAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken)
    {
        if (await EpisodesAsync(numbers, cancellationToken).ConfigureAwait(false) is not { } episodes)
            return null;
        List<MemoryNode> earlier = await EarlierAsync(episodes[0], cancellationToken).ConfigureAwait(false);
        List<MemoryNode> concepts = await ConceptsAsync([.. earlier, .. episodes], cancellationToken).ConfigureAwait(false);
        IReadOnlyList<MemoryNode> known = await KnownAsync(concepts.Where(concept => !IsTopic(concept)).Take(ExtractionLimits.Names), cancellationToken).ConfigureAwait(false);
        return new BatchReading(episodes, earlier, known, [.. concepts.Where(IsTopic).Take(ExtractionLimits.KnownConcepts).Select(concept => concept.Text)]);
    }

    /// <summary>Reads the episodes of a batch; <see langword="null"/> where one is gone or holds no longer.</summary>
    public async Task<IReadOnlyList<MemoryNode>?> EpisodesAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken)
    {
        IReadOnlyList<MemoryNode> episodes = await records.ReadNodesAsync(numbers, cancellationToken).ConfigureAwait(false);
        return episodes.Count == numbers.Count && episodes.All(episode => episode.HeldUntil is null) ? episodes : null;
    }

    private async Task<List<MemoryNode>> EarlierAsync(MemoryNode first, CancellationToken cancellationToken)
    {
        var earlier = new List<MemoryNode>();
        for (MemoryNode? at = first; at is not null && earlier.Count < ExtractionLimits.EarlierEpisodes;)
        {
            IReadOnlyList<MemoryEdge> edges = await records.ReadEdgesAsync(at.Id, EdgesOfEpisode, cancellationToken).ConfigureAwait(false);
            long[] before = [.. edges.Where(edge => edge.Kind == MemoryEdgeKind.Next && edge.To == at.Id).Select(edge => edge.From)];
            at = (await records.ReadNodesAsync(before, cancellationToken).ConfigureAwait(false)).LastOrDefault(node => node.HeldUntil is null && node.Position < at.Position);
            if (at is not null)
                earlier.Insert(0, at);
        }

        return earlier;
    }

    // what is mentioned most comes first
    private async Task<List<MemoryNode>> ConceptsAsync(IReadOnlyList<MemoryNode> episodes, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<long, int>();
        foreach (MemoryNode episode in episodes)
        {
            foreach (MemoryEdge edge in await records.ReadEdgesAsync(episode.Id, EdgesOfEpisode, cancellationToken).ConfigureAwait(false))
            {
                if (edge.From == episode.Id && edge.Kind is MemoryEdgeKind.Mentions or MemoryEdgeKind.About)
                    counts[edge.To] = counts.GetValueOrDefault(edge.To) + 1;
            }
        }

        IReadOnlyList<MemoryNode> concepts = await records.ReadNodesAsync(counts.Keys, cancellationToken).ConfigureAwait(false);
        return [.. concepts.Where(IsShown).OrderByDescending(concept => counts[concept.Id]).ThenBy(concept => concept.Id)];
    }

    private async Task<IReadOnlyList<MemoryNode>> KnownAsync(IEnumerable<MemoryNode> names, CancellationToken cancellationToken)
    {
        var known = new SortedDictionary<long, MemoryNode>();
        foreach (MemoryNode name in names)
        {
            foreach (MemoryNode fact in await records.ReadSpeakingAsync(name.Id, MemoryNodeKind.Fact, ExtractionLimits.FactsOfName, cancellationToken).ConfigureAwait(false))
                known[fact.Id] = fact;
        }

        return [.. known.Values.TakeLast(ExtractionLimits.KnownFacts)];
    }

    private static bool IsTopic(MemoryNode concept) => concept.Key.StartsWith(EntityKeys.TopicPrefix, StringComparison.Ordinal);

    // many things share a day by chance
    private static bool IsShown(MemoryNode concept) => !concept.Key.StartsWith(EntityKeys.DatePrefix, StringComparison.Ordinal);
}
