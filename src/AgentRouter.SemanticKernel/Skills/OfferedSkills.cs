using AgentRouter.Skills.Use;

namespace AgentRouter.SemanticKernel.Skills;

/// <summary>The skills that each prompt of a kernel is offered.</summary>
/// <param name="Library">The skills.</param>
/// <param name="Options">How many are offered, and how much of them may be opened in one prompt.</param>
internal sealed record OfferedSkills(SkillLibrary Library, SkillUseOptions? Options);
