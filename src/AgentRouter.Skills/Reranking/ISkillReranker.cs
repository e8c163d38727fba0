using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Skills.Reranking;

/// <summary>Puts the first skills of a search into a better order: slower than the search, so it looks at few.</summary>
public interface ISkillReranker
{
    /// <summary>Gets how many skills it looks at.</summary>
    int Depth { get; }

    /// <summary>Orders skills for a task.</summary>
    /// <param name="task">The task, as it was given.</param>
    /// <param name="matches">What was found, the best first; at most <see cref="Depth"/>.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The same skills, the best first. What it cannot judge stays in the order in which it came.</returns>
    ValueTask<IReadOnlyList<SkillMatch>> RerankAsync(string task, IReadOnlyList<SkillMatch> matches, CancellationToken cancellationToken = default);
}
