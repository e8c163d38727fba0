using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Retrieval.Aid;

/// <summary>What a model read in a question. It chooses where to look and how things are ordered, and nothing else.</summary>
internal sealed record QuestionHints
{
    /// <summary>Gets names of people, places and things.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Gets phrases that an answer may hold.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>Gets the days that it means.</summary>
    public IReadOnlyList<MemoryPeriod> Periods { get; init; } = [];
}
