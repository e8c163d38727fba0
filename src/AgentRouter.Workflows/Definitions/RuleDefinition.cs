using AgentRouter.Expressions;

namespace AgentRouter.Workflows.Definitions;

/// <summary>A routing rule.</summary>
/// <param name="When">The condition over step features; <see langword="null"/> always matches.</param>
/// <param name="Tier">The tier that is chosen.</param>
/// <param name="Location">Where it was written.</param>
public sealed record RuleDefinition(Expression? When, string Tier, SourceLocation Location);
