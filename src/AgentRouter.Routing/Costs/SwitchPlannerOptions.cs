namespace AgentRouter.Routing.Costs;

/// <summary>Options of <see cref="SwitchPlanner"/>.</summary>
public sealed class SwitchPlannerOptions
{
    /// <summary>Gets or sets how likely a conversation is to end after each call. The default is a <see cref="StepHazard"/> that has seen nothing.</summary>
    public IStepHazard Hazard { get; set; } = new StepHazard();

    /// <summary>Gets or sets how many calls ahead are counted at most, from 1 to 1,000. The default is 64: what comes later is
    /// unlikely, and the same with either model.</summary>
    public int Horizon { get; set; } = 64;

    internal SwitchPlannerOptions Validate()
    {
        ArgumentNullException.ThrowIfNull(Hazard);
        if (Horizon is < 1 or > 1_000)
            throw new ArgumentOutOfRangeException(nameof(Horizon), Horizon, "Horizon is from 1 to 1,000 calls.");
        return this;
    }
}
