namespace AgentRouter.Routing.Policies.Bandit;

/// <summary>Adds <see cref="BanditPolicy"/> to a router.</summary>
public static class BanditPolicyExtensions
{
    /// <summary>Learns from verified work which model is worth its price at which kind of step.</summary>
    /// <param name="router">The router's options.</param>
    /// <param name="configure">Changes the policy's options.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="Configuration.ConfigurationException">The state file is corrupt or of another kind.</exception>
    public static StepRoutingOptions UseBandit(this StepRoutingOptions router, Action<BanditPolicyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(router);
        var options = new BanditPolicyOptions();
        configure?.Invoke(options);
        router.Policy = new BanditPolicy(options);
        return router;
    }
}
