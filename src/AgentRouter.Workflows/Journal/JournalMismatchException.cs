namespace AgentRouter.Workflows.Journal;

/// <summary>A run that is done again does something else than its journal says: the workflow, its agents, tools or models have changed
/// since, or something in it is not deterministic.</summary>
public sealed class JournalMismatchException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="sequence">The number of the first event that differs; the one after the last for an event too many.</param>
    /// <param name="message">What is recorded there, what happens now, and what to do.</param>
    public JournalMismatchException(long sequence, string message)
        : base(message) => Sequence = sequence;

    /// <summary>Gets the number of the first event that differs.</summary>
    public long Sequence { get; }
}
