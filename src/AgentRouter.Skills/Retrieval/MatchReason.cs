namespace AgentRouter.Skills.Retrieval;

/// <summary>Why a skill stands in its place of the list.</summary>
public enum MatchReason
{
    /// <summary>Its score.</summary>
    Score,

    /// <summary>Its ranks under the single views.</summary>
    Ranks,

    /// <summary>It is the best for one sentence of the query.</summary>
    Sentence,

    /// <summary>It repeats a skill above: of the same name, or with half of its text.</summary>
    Repeat,

    /// <summary>A trained ranker put it there.</summary>
    Ranker,

    /// <summary>A reranker put it there that asked a model.</summary>
    Model,
}
