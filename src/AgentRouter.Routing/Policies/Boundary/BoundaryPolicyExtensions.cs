namespace AgentRouter.Routing.Policies.Boundary;

/// <summary>Adds <see cref="BoundaryPolicy"/> to a router.</summary>
public static class BoundaryPolicyExtensions
{
    /// <summary>Plans the budget over the steps that are still to come.</summary>
    /// <param name="router">The router's options.</param>
    /// <param name="configure">Changes the policy's options.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="Configuration.ConfigurationException">The policy file cannot be used.</exception>
    public static StepRoutingOptions UseBoundary(this StepRoutingOptions router, Action<BoundaryPolicyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(router);
        var options = new BoundaryPolicyOptions();
        configure?.Invoke(options);
        router.Policy = new BoundaryPolicy(options);
        return router;
    }
}
