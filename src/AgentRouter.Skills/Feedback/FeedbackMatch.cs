using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Skills.Feedback;

/// <summary>A skill that was found, with what verified work has shown of it.</summary>
/// <param name="Match">The skill.</param>
/// <param name="Proven">What similar tasks have shown, from −1 (it led to wrong work) to 1 (to right work); 0 where nothing is known.</param>
internal readonly record struct FeedbackMatch(SkillMatch Match, double Proven);
