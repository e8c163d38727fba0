namespace AgentRouter.Workflows.Engine;

/// <summary>Reaches the person that a run belongs to. Thread-safe: branches may ask at the same time.</summary>
public interface IPersonChannel
{
    /// <summary>Asks a question and waits for the answer.</summary>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Ends the wait: the time is up or the run ends.</param>
    /// <returns>The answer, one of the choices where there are any; <see langword="null"/> when nobody can answer now, and then
    /// the run ends waiting, or the default is taken.</returns>
    ValueTask<string?> AskAsync(PersonQuestion question, CancellationToken cancellationToken = default);
}
