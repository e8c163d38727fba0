using AgentRouter.Skills.Dense.Learning;
using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Dense;

/// <summary>Gives the skills of an index vectors that are learned from the index itself: skills are near that say what is said in like company.</summary>
/// <remarks>Nothing is downloaded and nothing leaves the process. The same skills have the same vectors. What is learned serves skills that come
/// later as well; it is learned anew when many have.</remarks>
public static class LearnedVectors
{
    /// <summary>The fewest skills from which learning pays.</summary>
    public const int FewestSkills = 1_000;

    // when one in five documents is another than those that were learned from
    private const int ChangedShare = 5;

    /// <summary>Learns, if it is wanted and not done yet.</summary>
    /// <param name="index">The index.</param>
    /// <param name="mode">Whether it is wanted.</param>
    /// <param name="progress">Is told the share of the work that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The index with vectors, or without where they are not wanted or there is too little to learn from; the same one where nothing is to be done.</returns>
    public static SkillIndex Update(SkillIndex index, DenseMode mode, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        bool isWanted = mode == DenseMode.On || mode == DenseMode.Auto && index.Count >= FewestSkills;
        if (!isWanted)
            return index.Space is null ? index : index.WithVectors(null);
        if (index.Space is LearnedWords known && known.ChangedSince * ChangedShare < index.Count)
            return index;
        return Learn(index, progress, cancellationToken);
    }

    private static SkillIndex Learn(SkillIndex index, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        SkillIndex plain = index.WithVectors(null);
        if (plain.Segments.Count == 0 || (plain.Recipe.WithVectors ?? plain.Recipe).Dense is not { } view)
            return plain;
        LiveSegment segment = plain.Segments[0];
        HashSet<int> copies = [.. Enumerable.Range(0, segment.Skills.Count).Where(document => segment.Shadowed?[document] == true)];
        LearnedWords? words = WordLearner.Learn(segment.Terms, copies, view, progress, cancellationToken);
        return words is null && index.Space is null ? index : plain.WithVectors(words);
    }
}
