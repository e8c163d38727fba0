namespace AgentRouter.Skills.Dense;

/// <summary>Whether the skills of an index get vectors that are learned from it.</summary>
public enum DenseMode
{
    /// <summary>From <see cref="LearnedVectors.FewestSkills"/> skills on.</summary>
    Auto,

    /// <summary>Always, if there is anything to learn from.</summary>
    On,

    /// <summary>Never.</summary>
    Off,
}
