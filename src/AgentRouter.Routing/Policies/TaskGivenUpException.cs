namespace AgentRouter.Routing.Policies;

/// <summary>The routing policy gave a task up, because no model was worth its price any more; nothing was sent.</summary>
public sealed class TaskGivenUpException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which policy, and why.</param>
    public TaskGivenUpException(string message)
        : base(message)
    {
    }
}
