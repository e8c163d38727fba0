namespace AgentRouter.Memory.Evaluation;

/// <summary>A question of which the evidence is known.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Text">The question.</param>
/// <param name="Category">What kind of question it is.</param>
/// <param name="Evidence">The keys of the episodes that are needed.</param>
internal sealed record EvidenceQuestion(string Id, string Text, string Category, IReadOnlySet<string> Evidence)
{
    /// <summary>Gets when it is asked; <see langword="null"/> for when the last thing was said.</summary>
    public DateTimeOffset? AskedAt { get; init; }
}
