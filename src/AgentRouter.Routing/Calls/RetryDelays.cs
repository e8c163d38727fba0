namespace AgentRouter.Routing.Calls;

/// <summary>How long is waited before a failed call is made again: doubling, with up to a half of jitter on top. Thread-safe.</summary>
internal sealed class RetryDelays(RetryOptions options)
{
    private readonly Lock _lock = new();
    private readonly Random _jitter = new(options.Seed);

    /// <summary>Gets the wait before the next attempt.</summary>
    /// <param name="failedAttempts">How many have failed, from 1.</param>
    public TimeSpan Before(int failedAttempts)
    {
        double share;
        lock (_lock)
            share = _jitter.NextDouble() / 2;
        long ticks = Math.Min(options.LongestDelay.Ticks, options.FirstDelay.Ticks << Math.Clamp(failedAttempts - 1, 0, 16));
        return TimeSpan.FromTicks(Math.Min(options.LongestDelay.Ticks, (long)(ticks * (1 + share))));
    }
}
