using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Dense;

/// <summary>What nearness of vectors adds to the score of a skill, and what a learned space is made of.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Weight">What it adds to the weights of the other views.</param>
/// <param name="RankWeight">What it adds where the list is filled by ranks; 0 for nothing.</param>
/// <param name="Stems">How words are stemmed.</param>
/// <param name="Fields">What an occurrence in each field counts when a space is learned; 0 for fields that are not read.</param>
internal sealed record DenseView(string Name, double Weight, double RankWeight, IReadOnlyList<StemKind> Stems, IReadOnlyList<double> Fields)
{
    /// <summary>A nearness that stands out from the mean of all skills by so many standard deviations counts as the best of another view does.</summary>
    public const float FullDeviations = 8;

    /// <summary>How much a word that is said n times in the query counts: n to this power.</summary>
    public const double Alpha = 0.25;
}
