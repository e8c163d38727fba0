namespace AgentRouter.Tools;

/// <summary>A tool could not do what it was asked. The message says why and what to do, for the model or person that called.</summary>
public sealed class ToolException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ToolException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
