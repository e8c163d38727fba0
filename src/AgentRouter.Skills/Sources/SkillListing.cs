namespace AgentRouter.Skills.Sources;

/// <summary>A skill that a source has, not yet read.</summary>
/// <param name="Id">Where it is, unique in the source; see <see cref="Skill.Id"/>.</param>
/// <param name="Stamp">Changes when the skill does: its time and length, a version, a hash.</param>
public sealed record SkillListing(string Id, string Stamp);
