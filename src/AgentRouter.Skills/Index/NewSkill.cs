using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Index;

/// <summary>A skill that is to be put into an index, with its terms counted.</summary>
/// <param name="Skill">The skill.</param>
/// <param name="Terms">Its terms.</param>
internal sealed record NewSkill(IndexedSkill Skill, DocumentTerms Terms)
{
    /// <summary>Gets the vectors that a user's model made of its texts; none where there is no such model.</summary>
    public IReadOnlyList<ReadOnlyMemory<float>> Vectors { get; init; } = [];

    /// <summary>Counts a skill.</summary>
    /// <param name="skill">The skill.</param>
    /// <param name="source">The number of its source.</param>
    /// <param name="stamp">What its source says to tell changes by.</param>
    /// <param name="counter">What counts.</param>
    public static NewSkill Of(Skill skill, int source, string stamp, TermCounter counter)
    {
        DocumentTerms terms = SkillDocument.Count(skill, counter);
        var indexed = new IndexedSkill(new StoredText(skill.Id), new StoredText(skill.Name), new StoredText(skill.Description), new StoredText(stamp))
        {
            Source = source,
            Hash = ContentHash.Of(skill),
            Sketch = terms.Sketch,
        };
        return new NewSkill(indexed, terms);
    }
}
