namespace AgentRouter.Routing.Policies.Fixed;

/// <summary>Adds <see cref="FixedPolicy"/> to a router.</summary>
public static class FixedPolicyExtensions
{
    /// <summary>Takes the same tier for every step.</summary>
    /// <param name="router">The router's options.</param>
    /// <param name="tier">The tier.</param>
    /// <returns>The same options.</returns>
    public static StepRoutingOptions UseFixed(this StepRoutingOptions router, string tier)
    {
        ArgumentNullException.ThrowIfNull(router);
        router.Policy = new FixedPolicy(new FixedPolicyOptions { Tier = tier });
        return router;
    }

    /// <summary>Takes the least capable model for every step.</summary>
    /// <param name="router">The router's options.</param>
    /// <returns>The same options.</returns>
    public static StepRoutingOptions UseAlwaysSmall(this StepRoutingOptions router)
    {
        ArgumentNullException.ThrowIfNull(router);
        router.Policy = FixedPolicy.AlwaysSmall;
        return router;
    }

    /// <summary>Takes the most capable model for every step.</summary>
    /// <param name="router">The router's options.</param>
    /// <returns>The same options.</returns>
    public static StepRoutingOptions UseAlwaysLarge(this StepRoutingOptions router)
    {
        ArgumentNullException.ThrowIfNull(router);
        router.Policy = FixedPolicy.AlwaysLarge;
        return router;
    }
}
