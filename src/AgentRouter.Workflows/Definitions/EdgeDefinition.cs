using AgentRouter.Expressions;

namespace AgentRouter.Workflows.Definitions;

/// <summary>A way from a node to the next; the first whose condition holds is taken.</summary>
/// <param name="To">The next node.</param>
/// <param name="When">The condition; <see langword="null"/> always holds.</param>
/// <param name="Location">Where it was written.</param>
public sealed record EdgeDefinition(string To, Expression? When, SourceLocation Location);
