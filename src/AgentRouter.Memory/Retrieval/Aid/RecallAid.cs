using AgentRouter.Memory.Embeddings;

namespace AgentRouter.Memory.Retrieval.Aid;

/// <summary>What helps a recall beyond the words of its question.</summary>
internal sealed record RecallAid
{
    /// <summary>Gets no aid.</summary>
    public static RecallAid None { get; } = new();

    /// <summary>Gets the vectors of the question and, behind it, of <see cref="Phrases"/>; <see langword="null"/> to do without.</summary>
    public IQuestionVectors? Vectors { get; init; }

    /// <summary>Gets the phrases that are compared by themselves.</summary>
    public IReadOnlyList<QuestionPhrase> Phrases { get; init; } = [];

    /// <summary>Gets what a model read in the question.</summary>
    public QuestionHints? Hints { get; init; }

    /// <summary>Gets a value indicating whether it is measured how sure what was found is.</summary>
    public bool Measures { get; init; }
}
