namespace AgentRouter.Memory.Graph;

/// <summary>In which ways an edge relates two nodes, each from 0 to 255 for 0 to 1: what a question of one intent or another follows.</summary>
/// <param name="Temporal">One comes before the other, or at the same time.</param>
/// <param name="Semantic">They speak of the same topic.</param>
/// <param name="Causal">One is why the other is.</param>
/// <param name="Entity">They share a person, thing or identifier.</param>
/// <remarks>HAGE (arXiv 2605.09942) gives every edge such a vector of four relations.</remarks>
public readonly record struct MemoryRelation(byte Temporal, byte Semantic, byte Causal, byte Entity);
