using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Ingestion.Facts;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Text.Entities;

namespace AgentRouter.Memory.Ingestion.Extraction.Reflections;

/// <summary>Finds the concepts about which something new was learned, with what is known of them.</summary>
internal sealed class ReflectionGroups(IMemoryRecords records)
{
    private static readonly string[] NoThemes = [EntityKeys.DatePrefix, "number:", FactGraph.SubjectType];

    /// <summary>Finds the groups that are to be thought about.</summary>
    /// <param name="news">The numbers of the facts that are new.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The groups in the order of their concepts; of several with the same facts only the first.</returns>
    public async Task<IReadOnlyList<ReflectionGroup>> FindAsync(IReadOnlyList<long> news, CancellationToken cancellationToken)
    {
        var concepts = new SortedSet<long>();
        foreach (long fact in news)
        {
            IReadOnlyList<MemoryEdge> edges = await records.ReadEdgesAsync(fact, ReflectionLimits.EdgesOfFact, cancellationToken).ConfigureAwait(false);
            concepts.UnionWith(edges.Where(edge => edge.From == fact && edge.Kind is MemoryEdgeKind.Mentions or MemoryEdgeKind.About).Select(edge => edge.To));
        }

        var groups = new List<ReflectionGroup>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (MemoryNode concept in await records.ReadNodesAsync(concepts, cancellationToken).ConfigureAwait(false))
        {
            if (Array.Exists(NoThemes, prefix => concept.Key.StartsWith(prefix, StringComparison.Ordinal)))
                continue;
            IReadOnlyList<MemoryNode> facts = await records.ReadSpeakingAsync(concept.Id, MemoryNodeKind.Fact, ReflectionLimits.FactsOfGroup, cancellationToken).ConfigureAwait(false);
            var group = new ReflectionGroup(concept, [.. facts.Reverse()]);
            if (facts.Count >= ReflectionLimits.FewestFacts && known.Add(string.Join(' ', facts.Select(fact => fact.Id))) && await IsNewAsync(group, cancellationToken).ConfigureAwait(false))
                groups.Add(group);
        }

        return groups;
    }

    private async Task<bool> IsNewAsync(ReflectionGroup group, CancellationToken cancellationToken) =>
        !(await records.ReadMarksAsync([group.Concept.Id], cancellationToken).ConfigureAwait(false)).Any(mark => mark.Recipe >= ExtractionRecipes.Reflections && mark.UpTo >= group.UpTo);
}
