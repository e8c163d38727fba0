using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Embeddings;

/// <summary>The vectors of a scope as they belong to a version of its index. Never changes.</summary>
/// <param name="Version">The version of the index.</param>
/// <param name="Answers">The vectors of episodes, facts and reflections.</param>
/// <param name="Concepts">The vectors of concepts.</param>
internal sealed record EmbeddedNodes(MemoryVersion Version, EmbeddedRows Answers, EmbeddedRows Concepts)
{
    /// <summary>Gets a value indicating whether there is no vector.</summary>
    public bool IsEmpty => Answers.Ids.Length + Concepts.Ids.Length == 0;

    private int LastId => Math.Max(Answers.Ids is [.., var answer] ? answer : 0, Concepts.Ids is [.., var concept] ? concept : 0);

    private bool IsSettled => Answers.IsSettled && Concepts.IsSettled;

    /// <summary>Reads vectors.</summary>
    /// <param name="records">The records.</param>
    /// <param name="space">The space.</param>
    /// <param name="index">The index; nodes that it does not know yet are left out.</param>
    /// <param name="before">What was read before, of which stays what holds on; <see langword="null"/> to read all.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<EmbeddedNodes> ReadAsync(IMemoryRecords records, string space, MemoryIndex index, EmbeddedNodes? before, CancellationToken cancellationToken)
    {
        if (before is { IsSettled: false })
            before = null;
        // nothing of what was erased stays in memory
        EmbeddedNodes? kept = before is null ? null : before with { Answers = before.Answers.Where(id => IsThere(index, id)), Concepts = before.Concepts.Where(id => IsThere(index, id)) };
        var answers = new EmbeddedRows.Builder(kept?.Answers);
        var concepts = new EmbeddedRows.Builder(kept?.Concepts);
        await foreach (IReadOnlyList<KeyValuePair<long, ReadOnlyMemory<float>>> portion in records.ReadVectorsAsync(space, before?.LastId ?? 0, cancellationToken).ConfigureAwait(false))
        {
            foreach ((long node, ReadOnlyMemory<float> vector) in portion)
            {
                if (node >= index.EndId || !IsThere(index, (int)node))
                    continue;
                IndexSegment segment = index.SegmentOf((int)node);
                (segment.Nodes.KindOf((int)node - segment.FirstId) == MemoryNodeKind.Concept ? concepts : answers).Add((int)node, vector);
            }
        }

        return new EmbeddedNodes(index.Version, answers.Build(), concepts.Build());
    }

    private static bool IsThere(MemoryIndex index, int id) => (index.FlagsOf(id) & NodeFlags.Missing) == 0;
}
