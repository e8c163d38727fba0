namespace AgentRouter.Routing.Policies.Cascade;

/// <summary>Adds <see cref="CascadePolicy"/> to a router.</summary>
public static class CascadePolicyExtensions
{
    /// <summary>Starts with the first rung of a ladder of models and moves one up after each failed check.</summary>
    /// <param name="router">The router's options.</param>
    /// <param name="configure">Changes the policy's options.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="Configuration.ConfigurationException">The state file is corrupt or of another kind.</exception>
    public static StepRoutingOptions UseCascade(this StepRoutingOptions router, Action<CascadePolicyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(router);
        var options = new CascadePolicyOptions();
        configure?.Invoke(options);
        router.Policy = new CascadePolicy(options);
        return router;
    }
}
