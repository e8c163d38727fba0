namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>What a question can be worked on with.</summary>
/// <param name="HasModel">Whether a model can be asked.</param>
/// <param name="HasVectors">Whether there are vectors, and something to make the question's.</param>
/// <param name="HasReranker">Whether a small model orders.</param>
/// <param name="Refusal">Why nothing may be spent; <see langword="null"/> where something may.</param>
internal sealed record RecallMeans(bool HasModel, bool HasVectors, bool HasReranker, string? Refusal)
{
    /// <summary>Finds the most effort that a part can be done with, up to a wish; the next higher one where the wished one cannot be had and <paramref name="mayRaise"/>.</summary>
    public RecallEffort Nearest(RecallModule module, RecallEffort wish, bool mayRaise)
    {
        if (Has(module, wish))
            return wish;
        if (mayRaise && wish == RecallEffort.Medium && Has(module, RecallEffort.High))
            return RecallEffort.High;
        return wish == RecallEffort.High && Has(module, RecallEffort.Medium) ? RecallEffort.Medium : RecallEffort.Low;
    }

    /// <summary>Tells whether a part can be done with an effort.</summary>
    public bool Has(RecallModule module, RecallEffort effort) => effort switch
    {
        RecallEffort.Low => true,
        RecallEffort.High => HasModel && Refusal is null,
        _ => module switch
        {
            RecallModule.Summary => true,
            RecallModule.Filter => HasReranker || (HasVectors && Refusal is null),
            _ => HasVectors && Refusal is null,
        },
    };

    /// <summary>Says why a part cannot be done with an effort.</summary>
    public string Missing(RecallModule module, RecallEffort effort) =>
        Refusal ?? (effort == RecallEffort.High ? "no model is given" : module == RecallModule.Filter ? "there is neither a reranker nor a vector" : "there are no vectors");
}
