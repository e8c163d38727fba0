using AgentRouter.Configuration;
using AgentRouter.Language.Ranking;
using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Skills.Rankers;

/// <summary>Puts the first skills of a search into an order that was learned from tasks of your own: a weight for each of a dozen numbers that can be said in words,
/// kept in a file that people can read. <c>agentrouter skills train</c> makes it.</summary>
/// <remarks>Safe for any number of threads. No model is asked; it takes a few milliseconds.</remarks>
public sealed class SkillRanker
{
    /// <summary>How many skills of the list it puts in order.</summary>
    internal const int Depth = 100;

    private SkillRanker(IReadOnlyDictionary<string, double> weights) => Weights = weights;

    /// <summary>Gets what each number counts, by its name.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">It is missing or corrupt, or another version wrote it.</exception>
    public static SkillRanker Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Of(RankerFile.Read(path));
    }

    /// <summary>Makes a ranker of weights.</summary>
    internal static SkillRanker Of(IReadOnlyDictionary<string, double> weights) => new(weights);

    /// <summary>Puts the first skills of a list in order.</summary>
    /// <param name="list">The list; what is behind <see cref="Depth"/> stays.</param>
    /// <param name="scores">The scores of the task.</param>
    /// <param name="query">The task.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    internal void Arrange(List<RankedSkill> list, QueryScores scores, string query, CancellationToken cancellationToken)
    {
        int count = Math.Min(Depth, list.Count);
        // a number that the index does not give counts nothing, and one that the training did not know neither
        double[] weights = [.. RankerFeatures.NamesOf(scores.Index).Select(name => Weights.GetValueOrDefault(name))];
        double[][] features = RankerFeatures.Of(scores, query, [.. list.Take(count).Select(skill => skill.Document)], cancellationToken);
        RankedSkill[] ordered = [.. Enumerable.Range(0, count).OrderByDescending(place => FeatureList.Value(features[place], weights)).Select((place, now) =>
            place == now ? list[place] : list[place] with { Reason = MatchReason.Ranker, Sentence = null })];
        for (int place = 0; place < count; place++)
            list[place] = ordered[place];
    }
}
