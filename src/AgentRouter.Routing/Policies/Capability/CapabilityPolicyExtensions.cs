namespace AgentRouter.Routing.Policies.Capability;

/// <summary>Adds <see cref="CapabilityPolicy"/> to a router.</summary>
public static class CapabilityPolicyExtensions
{
    /// <summary>Takes the cheapest model that is strong enough for what a step requires.</summary>
    /// <param name="router">The router's options.</param>
    /// <param name="configure">Changes the policy's options.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="Configuration.ConfigurationException">The policy file cannot be used.</exception>
    public static StepRoutingOptions UseCapability(this StepRoutingOptions router, Action<CapabilityPolicyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(router);
        var options = new CapabilityPolicyOptions();
        configure?.Invoke(options);
        router.Policy = new CapabilityPolicy(options);
        return router;
    }
}
