namespace AgentRouter.Memory.Storage;

/// <summary>A change was made for a state that is no longer there, because somebody else wrote in between. Read again and repeat it.</summary>
public sealed class MemoryConflictException : Exception
{
    /// <summary>Makes the exception.</summary>
    public MemoryConflictException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened.</param>
    public MemoryConflictException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public MemoryConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
