namespace AgentRouter.Tools.Healing;

/// <summary>How goals are reached and failures are healed.</summary>
public sealed class HealingOptions
{
    /// <summary>Gets or sets how many tools of a path may run at the same time, from 1 to 64. The default is 4.</summary>
    public int MaxParallel { get; set; } = HealingDefaults.MaxParallel;

    /// <summary>Gets or sets how many calls may fail before a goal is given up, from 1 to 1,000. The default is 30.</summary>
    public int MaxFailures { get; set; } = HealingDefaults.MaxFailures;

    /// <summary>Gets or sets how often a goal may be escalated, from 0 to 20. The default is 3.</summary>
    public int MaxEscalations { get; set; } = HealingDefaults.MaxEscalations;

    /// <summary>Gets or sets the priority from which a monitor's signal interrupts, 0 to 1. The default is 0.9.</summary>
    public double InterruptAt { get; set; } = HealingDefaults.InterruptAt;

    /// <summary>Gets or sets the longest pause before a call is made again; who asks for more is not waited for. The default is 2 seconds.</summary>
    public TimeSpan LongestPause { get; set; } = HealingDefaults.LongestPause;

    /// <summary>Gets or sets a value indicating whether what was done is taken back when a goal fails, by the tools that can. The default is <see langword="true"/>.</summary>
    public bool UndoWhenGivenUp { get; set; } = true;

    internal HealingOptions Validate()
    {
        Check(MaxParallel, 1, 64, nameof(MaxParallel));
        Check(MaxFailures, 1, 1_000, nameof(MaxFailures));
        Check(MaxEscalations, 0, 20, nameof(MaxEscalations));
        if (InterruptAt is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(InterruptAt), InterruptAt, "The priority from which a signal interrupts is 0 to 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestPause, TimeSpan.Zero);
        return new HealingOptions
        {
            MaxParallel = MaxParallel,
            MaxFailures = MaxFailures,
            MaxEscalations = MaxEscalations,
            InterruptAt = InterruptAt,
            LongestPause = LongestPause,
            UndoWhenGivenUp = UndoWhenGivenUp,
        };
    }

    private static void Check(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {least} to {most}.");
    }
}
