namespace AgentRouter.Memory.Context;

/// <summary>The place of a conversation's state.</summary>
internal sealed class ContextSlot
{
    /// <summary>Gets what is held by whoever uses the state.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>Gets or sets the state.</summary>
    public ContextState State { get; set; } = new();
}
