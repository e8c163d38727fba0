using AgentRouter.Routing.Policies.Threshold;

namespace AgentRouter.Routing.Policies.Sticky;

/// <summary>Adds <see cref="StickyPolicy"/> to a router.</summary>
public static class StickyPolicyExtensions
{
    /// <summary>Makes the policy that is set so far decide once a task; without one, prompt length decides.</summary>
    /// <param name="router">The router's options.</param>
    /// <param name="configure">Changes the policy's options.</param>
    /// <returns>The same options.</returns>
    public static StepRoutingOptions UseSticky(this StepRoutingOptions router, Action<StickyPolicyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(router);
        var options = new StickyPolicyOptions();
        configure?.Invoke(options);
        router.Policy = new StickyPolicy(router.Policy ?? new ThresholdPolicy(new ThresholdPolicyOptions()), options);
        return router;
    }
}
