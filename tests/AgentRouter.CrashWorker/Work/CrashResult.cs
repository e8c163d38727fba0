namespace AgentRouter.CrashWorker.Work;

/// <summary>How a job ended that was not killed.</summary>
public sealed record CrashResult
{
    /// <summary>Gets how the run ended; <see langword="null"/> where the job failed before.</summary>
    public string? Outcome { get; init; }

    /// <summary>Gets why.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the run's answer.</summary>
    public string? Answer { get; init; }

    /// <summary>Gets the last output of each node, as JSON.</summary>
    public string Outputs { get; init; } = "{}";

    /// <summary>Gets what the ledger booked, in picodollars.</summary>
    public long Spent { get; init; }

    /// <summary>Gets the answers that a person gave for calls in doubt.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Gets the first event that a replay of the finished run does not find again.</summary>
    public string? Mismatch { get; init; }

    /// <summary>Gets how many events the replay read.</summary>
    public int Replayed { get; init; }

    /// <summary>Gets the name of the exception that ended the job, of those that callers are told of.</summary>
    public string? Error { get; init; }

    /// <summary>Gets what it says.</summary>
    public string? Message { get; init; }
}
