using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Duplicates;

/// <summary>A skill and its copies.</summary>
/// <param name="First">The skill: of the first source, and there by its id.</param>
/// <param name="Copies">The copies.</param>
public sealed record CopyGroup(IndexedSkill First, IReadOnlyList<SkillCopy> Copies);

/// <summary>A copy of a skill.</summary>
/// <param name="Skill">The copy.</param>
/// <param name="Likeness">The share of the text that both have, from 0 to 1, by estimate; 1 for equal content.</param>
/// <param name="IsShadowed">Whether it has the name of the skill and is never found by searching; under another name both are.</param>
public sealed record SkillCopy(IndexedSkill Skill, double Likeness, bool IsShadowed);
