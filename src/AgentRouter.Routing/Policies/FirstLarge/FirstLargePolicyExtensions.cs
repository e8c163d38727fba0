namespace AgentRouter.Routing.Policies.FirstLarge;

/// <summary>Adds <see cref="FirstLargePolicy"/> to a router.</summary>
public static class FirstLargePolicyExtensions
{
    /// <summary>Takes the most capable model for the first calls of a task, then the least capable one.</summary>
    /// <param name="router">The router's options.</param>
    /// <param name="configure">Changes the policy's options.</param>
    /// <returns>The same options.</returns>
    public static StepRoutingOptions UseFirstLarge(this StepRoutingOptions router, Action<FirstLargePolicyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(router);
        var options = new FirstLargePolicyOptions();
        configure?.Invoke(options);
        router.Policy = new FirstLargePolicy(options);
        return router;
    }
}
