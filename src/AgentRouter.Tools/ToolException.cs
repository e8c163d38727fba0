using AgentRouter.Tools.Healing;

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

    /// <summary>Gets how the tool failed; by default it says that it could not do what it was asked.</summary>
    public ToolFailureKind Kind { get; init; }

    /// <summary>Gets a value indicating whether the call may have taken effect all the same. A tool that says nothing has done nothing.</summary>
    public bool MayHaveTakenEffect { get; init; }

    /// <summary>Gets how long the tool asks to wait before it is called again, if it does.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
