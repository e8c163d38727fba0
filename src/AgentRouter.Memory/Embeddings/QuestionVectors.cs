namespace AgentRouter.Memory.Embeddings;

/// <summary>The vectors of a question and of phrases of it, made in one call.</summary>
/// <remarks>A service that is slow, that fails, or that cannot be paid is done without.</remarks>
/// <param name="embeddings">What makes them.</param>
/// <param name="texts">The question, and its phrases.</param>
/// <param name="time">The clock.</param>
internal sealed class QuestionVectors(MemoryEmbeddings embeddings, IReadOnlyList<string> texts, TimeProvider time) : IQuestionVectors
{
    private Task<float[][]>? _call;
    private bool _isAsked;
    private float[][]? _vectors;

    /// <inheritdoc/>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<float[]>?> TakeAsync(CancellationToken cancellationToken)
    {
        if (_isAsked)
            return _vectors;
        _isAsked = true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // a generator that does not listen to its token is left alone
            _call = CheckedVectors.OfAsync(embeddings, embeddings.QuestionPrefix, texts, limit.Token);
            _vectors = await _call.WaitAsync(embeddings.LongestWait, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Problem = $"The embeddings '{embeddings.Space}' did not answer in {embeddings.LongestWait.TotalSeconds:0.#} s.";
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = $"The embeddings '{embeddings.Space}' could not be asked: {exception.Message}";
        }
        finally
        {
            // a call that nobody waits for any more: of a cancelled token whoever waits hears first, and then nothing would cancel the call
            await limit.CancelAsync().ConfigureAwait(false);
        }

        return _vectors;
    }

    /// <summary>Waits until the call has ended that was given up: what it costs is booked then. One that does not listen to its token is left alone after a while.</summary>
    public async Task EndedAsync()
    {
        if (_call is not null)
            await ((Task)_call).WaitAsync(embeddings.LongestWait, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
