namespace AgentRouter.Memory.Storage;

/// <summary>A node that holds no longer.</summary>
/// <param name="Node">The node.</param>
/// <param name="At">When it ceased to hold.</param>
public readonly record struct Supersession(NodeKey Node, DateTimeOffset At);
