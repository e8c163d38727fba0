namespace AgentRouter.Providers.Calls;

/// <summary>How far one call got on the wire; tells a request that could not be built from a reply that could not be read.</summary>
internal sealed class CallTrace
{
    /// <summary>Gets or sets a value indicating whether the SDK handed over a request to send.</summary>
    public bool RequestMade { get; set; }

    /// <summary>Gets or sets a value indicating whether the head of a successful response arrived.</summary>
    public bool ResponseStarted { get; set; }
}
