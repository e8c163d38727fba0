namespace AgentRouter.Routing.Costs;

/// <summary>Learns from how far conversations got how likely they are to end after each call.</summary>
/// <remarks>
/// What is counted is how many conversations have reached each call. Nobody has to say that one has ended; those that are still going
/// count as ended at the call they are at, which overstates the hazard a little while few have been seen. The prior is a
/// geometric distribution: the same hazard after each call. Thread-safe.
/// </remarks>
public sealed class StepHazard : IStepHazard
{
    /// <summary>The calls that a conversation is expected to have before any was seen.</summary>
    public const double DefaultCalls = 10;

    /// <summary>How many conversations the prior counts as.</summary>
    public const double PriorWeight = 5;

    // longer conversations are rare: their hazard is that of the prior
    private const int MaxCalls = 512;

    private readonly long[] _reached = new long[MaxCalls + 2];
    private readonly double _priorContinues;

    /// <summary>Makes a hazard that has seen nothing.</summary>
    /// <param name="expectedCalls">The calls that a conversation is expected to have, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one call is expected, or no number at all.</exception>
    public StepHazard(double expectedCalls = DefaultCalls)
    {
        if (!(expectedCalls >= 1) || double.IsInfinity(expectedCalls))
            throw new ArgumentOutOfRangeException(nameof(expectedCalls), expectedCalls, "A conversation has at least one call.");
        _priorContinues = 1 - 1 / expectedCalls;
    }

    /// <summary>Makes a hazard of recorded conversations.</summary>
    /// <param name="calls">The number of calls of each, from 1.</param>
    public static StepHazard Of(IEnumerable<int> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        var hazard = new StepHazard();
        foreach (int count in calls)
        {
            for (int call = 1; call <= count; call++)
                hazard.Reached(call);
        }

        return hazard;
    }

    /// <summary>Notes that a conversation has reached a call.</summary>
    /// <param name="call">The call's number in the conversation, from 1.</param>
    public void Reached(int call)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(call, 1);
        if (call <= MaxCalls + 1)
            Interlocked.Increment(ref _reached[call]);
    }

    /// <inheritdoc/>
    public double EndsAfter(int call)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(call, 1);
        if (call > MaxCalls)
            return 1 - _priorContinues;
        long next = Volatile.Read(ref _reached[call + 1]);
        long here = Math.Max(Volatile.Read(ref _reached[call]), next);
        return 1 - (next + PriorWeight * _priorContinues) / (here + PriorWeight);
    }
}
