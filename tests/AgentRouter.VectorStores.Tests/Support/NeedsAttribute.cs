namespace AgentRouter.VectorStores.Tests.Support;

/// <summary>What the tests of a class need from the machine.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NeedsAttribute : Attribute
{
    /// <summary>Gets what is missing and how to get it; null when the tests can run.</summary>
    public abstract string? Missing { get; }
}
