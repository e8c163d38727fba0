using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Exploration;

/// <summary>A node of a neighbourhood.</summary>
/// <param name="Node">The node.</param>
/// <param name="Steps">How many edges it is away from the middle; 0 for the middle itself.</param>
/// <param name="Degree">How many edges it has in the whole scope, also those that the neighbourhood leaves out.</param>
public sealed record MemoryNeighbour(MemoryNode Node, int Steps, int Degree);
