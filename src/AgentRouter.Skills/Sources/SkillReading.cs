namespace AgentRouter.Skills.Sources;

/// <summary>What came of reading a skill.</summary>
/// <param name="Skill">The skill, or <see langword="null"/> when an error kept it from being used.</param>
/// <param name="Problems">What is wrong with it; warnings leave it usable.</param>
public sealed record SkillReading(Skill? Skill, IReadOnlyList<SkillProblem> Problems);
