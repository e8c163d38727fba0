namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Asks a model what a batch says.</summary>
internal static class BatchQuestion
{
    /// <summary>Asks. The prompt is made of the reading alone: the same reading asks the same.</summary>
    /// <param name="question">What asks.</param>
    /// <param name="reading">The batch.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The answer, or why there is none.</returns>
    public static async Task<(BatchAnswer? Answer, string? Problem)> AskAsync(ModelQuestion question, BatchReading reading, CancellationToken cancellationToken)
    {
        (BatchAnswer? answer, string? problem) = await question.AskAsync(
            BatchPrompt.Instructions, BatchPrompt.Of(reading), BatchPrompt.Format, new BatchAnswerReader(reading).Read, cancellationToken).ConfigureAwait(false);
        return (answer, answer is null ? $"The model's answer could not be used: {problem}" : null);
    }
}
