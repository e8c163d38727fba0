namespace AgentRouter.Memory.Embeddings;

/// <summary>The vectors of a question and of phrases of it: made when they are first needed, and never again. For one question.</summary>
internal interface IQuestionVectors
{
    /// <summary>Gets why there are none although they were asked for; <see langword="null"/> where that is not so.</summary>
    string? Problem { get; }

    /// <summary>Makes the vectors.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A vector for each text; <see langword="null"/> where they cannot be had.</returns>
    ValueTask<IReadOnlyList<float[]>?> TakeAsync(CancellationToken cancellationToken);
}
