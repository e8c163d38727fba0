using QuikGraph;

namespace AgentRouter.Workflows.SystemGraphs;

/// <summary>An edge of a system graph.</summary>
/// <param name="Source">Where it begins.</param>
/// <param name="Target">Where it ends.</param>
/// <param name="Kind">What the two have to do with each other.</param>
public sealed record SystemEdge(SystemVertex Source, SystemVertex Target, SystemEdgeKind Kind) : IEdge<SystemVertex>;
