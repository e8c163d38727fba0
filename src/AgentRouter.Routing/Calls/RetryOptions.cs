namespace AgentRouter.Routing.Calls;

/// <summary>How failed calls are tried again. Every attempt makes a reservation of its own from the same ledger.</summary>
public sealed class RetryOptions
{
    /// <summary>Gets or sets how often one model is asked for one step, from 1. The default is 3.</summary>
    public int AttemptsPerModel { get; set; } = 3;

    /// <summary>Gets or sets how many models are asked for one step, from 1. The default is 3.</summary>
    public int Models { get; set; } = 3;

    /// <summary>Gets or sets the wait before the second attempt; each further one doubles it. The default is 0.5 seconds.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets the longest wait; a provider that asks for more is not waited for, another model is asked. The default is 20 seconds.</summary>
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets or sets the seed of the jitter that keeps callers from retrying in step. The default is 0.</summary>
    public int Seed { get; set; }

    internal RetryOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(AttemptsPerModel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Models, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestDelay, FirstDelay);
        return this;
    }
}
