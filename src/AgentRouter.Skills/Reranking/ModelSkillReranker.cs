using AgentRouter.Skills.Retrieval;
using Microsoft.Extensions.AI;

namespace AgentRouter.Skills.Reranking;

/// <summary>Lets a model order the first skills of a search by their names and descriptions. The client is best a step router under the task's budget.</summary>
/// <remarks>
/// <para>
/// A model knows what words do not say: that a Maven skill is meant by <em>fix the Java build</em>. It sees numbers, names and descriptions, never
/// bodies, so a call costs some 3,000 tokens for fifty skills. What skills say of themselves is shown as quoted data, and what the model says is only
/// read as numbers of the list, so neither can bring a skill in that was not found.
/// </para>
/// <para>An answer that cannot be read changes nothing. What the client throws is thrown on: a budget that is used up, a server that is not there.</para>
/// </remarks>
public sealed class ModelSkillReranker : ISkillReranker
{
    private readonly ModelSkillRerankerOptions _options;
    private readonly ModelOrder _model;

    /// <summary>Makes the reranker.</summary>
    /// <param name="client">The model; not owned.</param>
    /// <param name="options">How it orders.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ModelSkillReranker(IChatClient client, ModelSkillRerankerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _options = (options ?? new ModelSkillRerankerOptions()).Validated();
        _model = new ModelOrder(client, _options);
    }

    /// <inheritdoc/>
    public int Depth => _options.Depth;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SkillMatch>> RerankAsync(string task, IReadOnlyList<SkillMatch> matches, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(matches);
        if (matches.Count < 2)
            return matches;
        IReadOnlyList<int>? read = await _model.AskAsync(task, [.. matches.Select(match => (match.Skill.Name, match.Skill.Description))], cancellationToken).ConfigureAwait(false);
        if (read is not { } named)
            return matches;
        var first = new HashSet<int>(named);
        return [.. named.Select(place => matches[place] with { Reason = MatchReason.Model }), .. matches.Where((_, place) => !first.Contains(place))];
    }
}
