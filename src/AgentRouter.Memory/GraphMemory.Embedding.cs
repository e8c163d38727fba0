using AgentRouter.Configuration;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Retrieval;

namespace AgentRouter.Memory;

/// <content>Vectors of what a scope remembers.</content>
public sealed partial class GraphMemory
{
    /// <summary>Embeds what a scope remembers and has no vector yet: episodes, facts, reflections and concepts that hold. It may cost money, so nothing else does it.</summary>
    /// <remarks>Each batch is kept before the next is sent: what was embedded stays, however it ends, and the next call goes on there. Questions find by the new vectors when this
    /// returns. What is forgotten loses its vectors.</remarks>
    /// <param name="scope">The scope.</param>
    /// <param name="progress">Told how many texts were embedded so far, after each batch.</param>
    /// <param name="cancellationToken">Cancels the work; what was embedded stays.</param>
    /// <returns>What was embedded; a budget that is used up ends it, and is said there.</returns>
    /// <exception cref="InvalidOperationException">This memory has no embeddings.</exception>
    /// <exception cref="ConfigurationException">The vectors are not those of one model, or not of the one whose vectors are there.</exception>
    /// <exception cref="IOException">They cannot be kept.</exception>
    public async Task<EmbeddingOutcome> EmbedAsync(MemoryScope scope, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        if (_embeddings is null)
            throw new InvalidOperationException("This memory has no embeddings: give its constructor what makes the vectors.");
        if (await OpenAsync(scope, create: false, cancellationToken).ConfigureAwait(false) is not { } open)
            return new EmbeddingOutcome(0, 0, null);
        try
        {
            return await new NodeEmbedder(open.Records, _embeddings).EmbedAsync(progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            open.Vectors!.MarkWritten();
        }
    }

    /// <summary>Makes the vectors of a question and its phrases when they are needed; <see langword="null"/> where there are no embeddings.</summary>
    internal QuestionVectors? VectorsOf(IReadOnlyList<string> texts) => _embeddings is null ? null : new QuestionVectors(_embeddings, texts, _time);

    /// <summary>Compares what was found with a vector.</summary>
    /// <returns>A cosine for each; <see langword="null"/> for what has no vector.</returns>
    internal async Task<IReadOnlyList<float?>> NearnessAsync(IReadOnlyList<RecalledItem> items, float[] vector, CancellationToken cancellationToken)
    {
        var compared = new Dictionary<MemoryScope, EmbeddedQuestion>();
        foreach (MemoryScope scope in items.Select(item => item.Scope).Distinct())
        {
            if (await OpenAsync(scope, create: false, cancellationToken).ConfigureAwait(false) is not { Vectors: { } vectors } open)
                continue;
            (MemoryIndex index, _) = await open.Indexer.TakeAsync(0, cancellationToken).ConfigureAwait(false);
            compared[scope] = new EmbeddedQuestion((await vectors.TakeAsync(index, cancellationToken).ConfigureAwait(false)).Answers, vector);
        }

        return [.. items.Select(item => compared.GetValueOrDefault(item.Scope)?.Nearness((int)item.Node.Id))];
    }
}
