namespace AgentRouter.Memory.Use;

/// <summary>A memory cannot do what it was asked for. The message says why and what to do, for the model that asked.</summary>
public sealed class MemoryException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    public MemoryException(string message)
        : base(message)
    {
    }
}
