namespace AgentRouter.Skills.Use;

/// <summary>What was opened of a skill.</summary>
/// <param name="Name">The name it was opened by.</param>
/// <param name="File">The file beside its SKILL.md, or <see langword="null"/> for the skill itself.</param>
/// <param name="Tokens">The tokens that are shown; 0 where the text was opened before.</param>
/// <param name="IsCut">Whether it did not fit.</param>
/// <param name="Text">What the model reads: a head that says what follows, and the text as it is.</param>
public sealed record SkillText(string Name, string? File, int Tokens, bool IsCut, string Text);
