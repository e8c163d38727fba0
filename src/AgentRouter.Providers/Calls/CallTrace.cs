namespace AgentRouter.Providers.Calls;

/// <summary>How far one call got on the wire; tells a request that could not be built from a reply that could not be read.</summary>
/// <param name="cancelled">Cancelled when the call is given up.</param>
internal sealed class CallTrace(CancellationToken cancelled)
{
    /// <summary>Gets the token that is cancelled when the call is given up.</summary>
    public CancellationToken Cancelled { get; } = cancelled;

    /// <summary>Gets or sets a value indicating whether the SDK handed over a request to send.</summary>
    public bool RequestMade { get; set; }

    /// <summary>Gets or sets a value indicating whether the head of a successful response arrived.</summary>
    public bool ResponseStarted { get; set; }
}
