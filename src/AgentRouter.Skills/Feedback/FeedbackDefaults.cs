namespace AgentRouter.Skills.Feedback;

internal static class FeedbackDefaults
{
    /// <summary>How much of what is known each verified use replaces: five uses make two thirds of it. Skills are opened less often than agents are chosen.</summary>
    public const double Evaporation = 0.2;

    /// <summary>Tasks whose words have a smaller cosine are different tasks: two of some ten words that share two have less.</summary>
    public const double LeastLikeness = 0.3;

    /// <summary>The most words that are remembered of what a skill was used for; the lightest make room.</summary>
    public const int MostTerms = 64;

    /// <summary>The most skills that are remembered; the least recently used makes room.</summary>
    public const int MostSkills = 5_000;

    /// <summary>How much a word that is said n times counts in a task: n to this power, as in the retriever's first view.</summary>
    public const double Alpha = 0.5;

    /// <summary>As long as for the preferences of agents: what was learned half a year ago counts a sixty-fourth.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromDays(30);
}
