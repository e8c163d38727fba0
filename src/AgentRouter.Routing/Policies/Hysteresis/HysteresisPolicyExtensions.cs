using AgentRouter.Routing.Policies.Threshold;

namespace AgentRouter.Routing.Policies.Hysteresis;

/// <summary>Adds <see cref="HysteresisPolicy"/> to a router.</summary>
public static class HysteresisPolicyExtensions
{
    /// <summary>Lets the policy that is set so far change models only where that pays; without one, prompt length decides.</summary>
    /// <param name="router">The router's options.</param>
    /// <param name="configure">Changes the rule's options.</param>
    /// <returns>The same options.</returns>
    public static StepRoutingOptions UseHysteresis(this StepRoutingOptions router, Action<HysteresisPolicyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(router);
        var options = new HysteresisPolicyOptions();
        configure?.Invoke(options);
        router.Policy = new HysteresisPolicy(router.Policy ?? new ThresholdPolicy(new ThresholdPolicyOptions()), options);
        return router;
    }
}
