namespace AgentRouter.Workflows.Drawing;

/// <summary>An edge of a drawing.</summary>
/// <param name="From">The key of the node where it begins.</param>
/// <param name="To">The key of the node where it ends.</param>
/// <param name="Label">What is written at it, or <see langword="null"/>.</param>
/// <param name="IsDashed">Whether it is dashed: the way after a failure, or a part of a node.</param>
public sealed record DrawnEdge(string From, string To, string? Label, bool IsDashed = false);
