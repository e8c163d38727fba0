namespace AgentRouter.Budgets;

/// <summary>What happens when the next call no longer fits an enforced budget.</summary>
public enum OnExceeded
{
    /// <summary>One last answer is made from a reserve that was set aside at the start.</summary>
    WrapUp,

    /// <summary>Cheaper tiers are used for as long as any fits; then the run ends.</summary>
    Degrade,

    /// <summary>The run waits for a person to raise the budget or to end it.</summary>
    Ask,

    /// <summary>The run ends at once.</summary>
    Stop,
}
