namespace AgentRouter.Skills.Use;

/// <summary>A skill that a model is offered: enough to decide whether to open it.</summary>
/// <param name="Name">The name that opens it: the skill's, with <c>#2</c> behind it for the second skill of a name.</param>
/// <param name="Id">Where it came from; see <see cref="Skill.Id"/>.</param>
/// <param name="Description">What it does and when to use it, on one line.</param>
/// <param name="Reason">Why it is offered, in a few words.</param>
/// <param name="Score">Its score in the search; <see langword="null"/> for one that is offered by name.</param>
/// <param name="Warning">The first sign that its text works against its reader, or <see langword="null"/>.</param>
public sealed record SkillOffer(string Name, string Id, string Description, string Reason, double? Score, string? Warning)
{
    /// <summary>Gets the skill's own name.</summary>
    public string SkillName => Name.IndexOf(Numbered, StringComparison.Ordinal) is > 0 and var at ? Name[..at] : Name;

    /// <summary>What stands between a name that several skills have and the number of one of them.</summary>
    internal const char Numbered = '#';
}
