using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Embeddings;

/// <summary>Makes the vectors that a scope has not yet, batch by batch; each batch is kept before the next is paid for.</summary>
internal sealed class NodeEmbedder(IMemoryRecords records, MemoryEmbeddings embeddings)
{
    private readonly List<(long Node, string Text)> _batch = new(embeddings.Batch);
    private long _embedded;

    /// <summary>Embeds.</summary>
    /// <param name="progress">Told how many texts were embedded so far, after each batch.</param>
    /// <param name="cancellationToken">Cancels the work; what was embedded stays.</param>
    public async Task<EmbeddingOutcome> EmbedAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        HashSet<long> known = await KnownAsync(cancellationToken).ConfigureAwait(false);
        MemoryVersion version = await records.ReadVersionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await foreach (IReadOnlyList<MemoryNode> portion in records.ReadNewNodesAsync(default, version, cancellationToken).ConfigureAwait(false))
            {
                foreach (MemoryNode node in portion)
                {
                    if (known.Contains(node.Id) || NodeTexts.Of(node) is not { } text)
                        continue;
                    _batch.Add((node.Id, text));
                    if (_batch.Count == embeddings.Batch)
                        await SendAsync(progress, cancellationToken).ConfigureAwait(false);
                }
            }

            if (_batch.Count > 0)
                await SendAsync(progress, cancellationToken).ConfigureAwait(false);
            return new EmbeddingOutcome(_embedded, known.Count, null);
        }
        catch (BudgetExceededException exceeded)
        {
            return new EmbeddingOutcome(_embedded, known.Count, exceeded.Message);
        }
    }

    private async Task<HashSet<long>> KnownAsync(CancellationToken cancellationToken)
    {
        var known = new HashSet<long>();
        await foreach (IReadOnlyList<KeyValuePair<long, ReadOnlyMemory<float>>> portion in records.ReadVectorsAsync(embeddings.Space, 0, cancellationToken).ConfigureAwait(false))
            known.UnionWith(portion.Select(each => each.Key));
        return known;
    }

    private async Task SendAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        float[][] vectors = await CheckedVectors.OfAsync(embeddings, embeddings.NodePrefix, [.. _batch.Select(each => each.Text)], cancellationToken).ConfigureAwait(false);
        try
        {
            // they are paid for: they are kept, whoever has cancelled meanwhile
            await records.WriteVectorsAsync(embeddings.Space, [.. _batch.Zip(vectors, (each, vector) => KeyValuePair.Create(each.Node, (ReadOnlyMemory<float>)vector))], CancellationToken.None).ConfigureAwait(false);
        }
        catch (ArgumentException other)
        {
            throw new ConfigurationException($"The vectors cannot be kept beside those that are there: {other.Message}", other);
        }

        _embedded += _batch.Count;
        _batch.Clear();
        progress?.Report(_embedded);
    }
}
