namespace AgentRouter.Routing.Policies.Threshold;

/// <summary>Adds <see cref="ThresholdPolicy"/> to a router.</summary>
public static class ThresholdPolicyExtensions
{
    /// <summary>Takes the most capable model for long prompts.</summary>
    /// <param name="router">The router's options.</param>
    /// <param name="configure">Changes the policy's options.</param>
    /// <returns>The same options.</returns>
    public static StepRoutingOptions UseThreshold(this StepRoutingOptions router, Action<ThresholdPolicyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(router);
        var options = new ThresholdPolicyOptions();
        configure?.Invoke(options);
        router.Policy = new ThresholdPolicy(options);
        return router;
    }
}
