namespace AgentRouter.Routing.Policies.FirstLarge;

/// <summary>Options of <see cref="FirstLargePolicy"/>.</summary>
public sealed class FirstLargePolicyOptions
{
    /// <summary>Gets or sets how many of a task's first LLM calls go to the most capable model, from 0. The default is 3.</summary>
    public int Calls { get; set; } = FirstLargeDefaults.Calls;

    internal FirstLargePolicyOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Calls);
        return this;
    }
}
