using AgentRouter.Routing.Policies.Threshold;

namespace AgentRouter.Routing.Policies.Refusal;

/// <summary>Adds <see cref="RefusalPolicy"/> to a router.</summary>
public static class RefusalPolicyExtensions
{
    /// <summary>Gives empty and out-of-scope requests to the least capable model; the policy that is set so far decides the others,
    /// without one prompt length.</summary>
    /// <param name="router">The router's options.</param>
    /// <param name="configure">Changes the rule's options.</param>
    /// <returns>The same options.</returns>
    public static StepRoutingOptions UseRefusal(this StepRoutingOptions router, Action<RefusalPolicyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(router);
        var options = new RefusalPolicyOptions();
        configure?.Invoke(options);
        router.Policy = new RefusalPolicy(router.Policy ?? new ThresholdPolicy(new ThresholdPolicyOptions()), options);
        return router;
    }
}
