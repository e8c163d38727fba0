namespace AgentRouter.Routing.Policies.Boundary;

/// <summary>Options of <see cref="BoundaryPolicy"/>.</summary>
public sealed class BoundaryPolicyOptions
{
    /// <summary>Gets or sets the policy file, as <c>agentrouter route train</c> and <c>route calibrate</c> write it. The default is
    /// the one in the package, a prior for agents by their roles.</summary>
    public string? File { get; set; }

    /// <summary>Gets or sets what a task that succeeds is worth, in USD, above 0. With it the policy spends only what is worth its
    /// price, and gives a task up where no model is. <see langword="null"/>, the default, counts successes only: the budget is the only limit.</summary>
    public decimal? SuccessValueUsd { get; set; }

    internal BoundaryPolicyOptions Validate()
    {
        if (SuccessValueUsd is <= 0)
            throw new ArgumentOutOfRangeException(nameof(SuccessValueUsd), SuccessValueUsd, "SuccessValueUsd is above 0.");
        return this;
    }
}
