namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>Puts what was found in order with the effort that was planned, or with less.</summary>
/// <param name="memory">The memory.</param>
/// <param name="options">What there is.</param>
/// <param name="call">Calls the model.</param>
internal sealed class RecallFilter(IRecallMemory memory, AssistedRecallOptions options, ModelCall call)
{
    /// <summary>Orders.</summary>
    /// <param name="question">The question.</param>
    /// <param name="items">What was found, the best first.</param>
    /// <param name="vector">The question's vector, or <see langword="null"/>.</param>
    /// <param name="planned">What was planned.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>What was found in its order, and what was done.</returns>
    public async Task<(IReadOnlyList<RecalledItem> Items, PlannedModule Done)> OrderAsync(
        string question, IReadOnlyList<RecalledItem> items, float[]? vector, PlannedModule planned, CancellationToken cancellationToken)
    {
        RecalledItem[] first = [.. items.Take(options.Depth)];
        if (planned.Effort == RecallEffort.Low)
            return (items, planned);
        if (first.Length < 2)
            return (items, planned with { Effort = RecallEffort.Low, Shortfall = "there is nothing to put in order" });
        if (planned.Effort == RecallEffort.High)
        {
            if (await ModelScores.OfAsync(call, question, first, cancellationToken).ConfigureAwait(false) is { } scores)
                return (RecallOrder.ByScores(items, scores), planned);
            planned = planned with { Effort = RecallEffort.Medium, Shortfall = call.Problem };
        }

        (IReadOnlyList<RecalledItem>? ordered, string? problem) = await OrderAsync(question, items, first, vector, cancellationToken).ConfigureAwait(false);
        return ordered is not null ? (ordered, planned) : (items, planned with { Effort = RecallEffort.Low, Shortfall = planned.Shortfall ?? problem });
    }

    private async Task<(IReadOnlyList<RecalledItem>? Ordered, string? Problem)> OrderAsync(string question, IReadOnlyList<RecalledItem> items, RecalledItem[] first, float[]? vector, CancellationToken cancellationToken)
    {
        string problem = "there is no vector of the question";
        if (options.Reranker is { } reranker)
        {
            try
            {
                IReadOnlyList<float> scores = await reranker.ScoreAsync(question, [.. first.Select(item => item.Node.Text)], cancellationToken).ConfigureAwait(false);
                if (scores.Count == first.Length && scores.All(float.IsFinite))
                    return (RecallOrder.ByScores(items, [.. scores.Select(score => (double)score)]), null);
                problem = "the reranker did not score every text with a number";
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                problem = $"the reranker failed: {exception.Message}";
            }
        }

        if (vector is null)
            return (null, problem);
        IReadOnlyList<float?> nearness = await memory.NearnessAsync(first, vector, cancellationToken).ConfigureAwait(false);
        return nearness.All(near => near is null) ? (null, "what was found has no vectors") : (RecallOrder.Fused(items, nearness), null);
    }
}
