namespace AgentRouter.Memory.Embeddings;

/// <summary>The vectors of a question and of phrases of it: made in one call when they are first needed, and never again. For one question.</summary>
/// <remarks>A service that is slow, that fails, or that cannot be paid is done without.</remarks>
/// <param name="embeddings">What makes them.</param>
/// <param name="texts">The question, and its phrases.</param>
/// <param name="time">The clock.</param>
internal sealed class QuestionVectors(MemoryEmbeddings embeddings, IReadOnlyList<string> texts, TimeProvider time)
{
    private bool _isAsked;
    private float[][]? _vectors;

    /// <summary>Gets why there are none although they were asked for; <see langword="null"/> where that is not so.</summary>
    public string? Problem { get; private set; }

    /// <summary>Makes the vectors.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A vector for each text; <see langword="null"/> where they cannot be had.</returns>
    public async ValueTask<IReadOnlyList<float[]>?> TakeAsync(CancellationToken cancellationToken)
    {
        if (_isAsked)
            return _vectors;
        _isAsked = true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // a generator that does not listen to its token is left alone
            _vectors = await CheckedVectors.OfAsync(embeddings, embeddings.QuestionPrefix, texts, limit.Token).WaitAsync(embeddings.LongestWait, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await limit.CancelAsync().ConfigureAwait(false);
            Problem = $"The embeddings '{embeddings.Space}' did not answer in {embeddings.LongestWait.TotalSeconds:0.#} s.";
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = $"The embeddings '{embeddings.Space}' could not be asked: {exception.Message}";
        }

        return _vectors;
    }
}
