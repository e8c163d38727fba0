namespace AgentRouter.Workflows.Drawing;

/// <summary>A node of a drawing.</summary>
/// <param name="Key">What edges call it; unique in the graph.</param>
/// <param name="Lines">What is written in it; the first line is its name.</param>
/// <param name="Shape">Its shape.</param>
public sealed record DrawnNode(string Key, IReadOnlyList<string> Lines, NodeShape Shape);
