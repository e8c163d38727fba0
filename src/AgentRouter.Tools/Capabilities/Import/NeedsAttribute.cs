namespace AgentRouter.Tools.Capabilities.Import;

/// <summary>Says what a method needs when <see cref="CapabilityImport"/> makes a tool of a graph of it. On the method: facts that must be known before, beside its
/// parameters. On a parameter: the fact that it is given, or a part of one: <c>[Needs("order.id")] string orderId</c>.</summary>
/// <param name="facts">The facts; on a parameter exactly one.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class NeedsAttribute(params string[] facts) : Attribute
{
    /// <summary>Gets the facts.</summary>
    public IReadOnlyList<string> Facts { get; } = facts;
}
