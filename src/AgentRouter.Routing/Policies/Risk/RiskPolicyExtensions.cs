using AgentRouter.Routing.Policies.Threshold;

namespace AgentRouter.Routing.Policies.Risk;

/// <summary>Adds <see cref="RiskPolicy"/> to a router.</summary>
public static class RiskPolicyExtensions
{
    /// <summary>Gives steps that can do irreversible harm to the most capable tier; the policy that is set so far decides the others,
    /// without one prompt length.</summary>
    /// <param name="router">The router's options.</param>
    /// <param name="configure">Changes the rule's options.</param>
    /// <returns>The same options.</returns>
    public static StepRoutingOptions UseRisk(this StepRoutingOptions router, Action<RiskPolicyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(router);
        var options = new RiskPolicyOptions();
        configure?.Invoke(options);
        router.Policy = new RiskPolicy(router.Policy ?? new ThresholdPolicy(new ThresholdPolicyOptions()), options);
        return router;
    }
}
