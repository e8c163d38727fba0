namespace AgentRouter.Workflows.Runs.Sqlite.Records;

/// <summary>The key of an event: the run's number above, the sequence below.</summary>
internal static class EventKey
{
    private const int SequenceBits = 32;

    public const long MaxSequence = (1L << SequenceBits) - 1;

    public static long Of(long run, long sequence) => (run << SequenceBits) | sequence;

    public static long First(long run) => Of(run, 0);

    public static long Last(long run) => Of(run, MaxSequence);

    public static long SequenceOf(long key) => key & MaxSequence;
}
