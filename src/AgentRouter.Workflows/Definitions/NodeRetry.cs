namespace AgentRouter.Workflows.Definitions;

/// <summary>How often a node's work is tried, and how long is waited in between. Only failures that may pass are tried again: a model call whose
/// <see cref="Failures.FailureClass"/> may be retried, or a tool that is idempotent.</summary>
/// <param name="Attempts">How often the work is tried at most, the first time included; from 2.</param>
/// <param name="Delay">The pause after the first attempt; each further one is twice as long.</param>
public sealed record NodeRetry(int Attempts, TimeSpan Delay)
{
    /// <summary>The most attempts: with doubling pauses, more would take hours.</summary>
    public const int MostAttempts = 10;

    /// <summary>The longest first pause.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>The first pause where none is named: long enough for a hiccup, too short to be noticed.</summary>
    public static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(1);

    /// <summary>Gets the pause after an attempt.</summary>
    /// <param name="attempt">The attempt, from 1.</param>
    /// <returns>The pause; <see langword="null"/> after the last attempt.</returns>
    public TimeSpan? PauseAfter(int attempt) => attempt < Attempts ? Delay * Math.Pow(2, attempt - 1) : null;
}
