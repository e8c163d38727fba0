using AgentRouter.Expressions;

namespace AgentRouter.Tools.Capabilities;

/// <summary>Something that whoever calls knows and tools need: <c>order_id</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Description">What it is, in a sentence, for models.</param>
public sealed record CapabilityFact(string Name, DataType Type, string? Description = null);
