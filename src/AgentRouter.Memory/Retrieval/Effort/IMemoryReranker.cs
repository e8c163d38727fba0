namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>A small model that reads question and text at once and says how well they belong together. Must be safe for threads.</summary>
public interface IMemoryReranker
{
    /// <summary>Scores texts for a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="texts">The texts; what is too long for the model it cuts off.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A finite number for each text, in order; more is better.</returns>
    Task<IReadOnlyList<float>> ScoreAsync(string question, IReadOnlyList<string> texts, CancellationToken cancellationToken = default);
}
