namespace AgentRouter.Tools.Capabilities;

/// <summary>What a call of a tool does to the world, which decides what may happen when nobody knows whether it was done.</summary>
public enum ToolEffect
{
    /// <summary>Each call takes effect: a mail, a payment. After a failure that may have taken effect neither this tool nor another one of the same
    /// capability is called, until a check, an undo or a person says that it is safe. The default, because it is the safe one.</summary>
    Once,

    /// <summary>A call takes effect; the same call again, with the same <see cref="ToolTraits.IdempotencyKey"/>, does no more.</summary>
    Repeatable,

    /// <summary>Nothing is changed: the call may be made again, and by another tool.</summary>
    None,
}
