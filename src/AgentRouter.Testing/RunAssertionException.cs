using AgentRouter.Events;

namespace AgentRouter.Testing;

/// <summary>A run is not as a test expected. The message says what was expected, what was found, and what the run did.</summary>
public sealed class RunAssertionException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="events">The events of the run; the message tells what happened in them.</param>
    public RunAssertionException(string message, IReadOnlyList<RunEvent> events)
        : base($"{message}\n{RunTranscript.Of(events)}")
    {
    }
}
