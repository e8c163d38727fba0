namespace AgentRouter.Routing.Policies.Refusal;

/// <summary>Options of <see cref="RefusalPolicy"/>.</summary>
public sealed class RefusalPolicyOptions
{
    /// <summary>Gets or sets the shortest request that is one, in characters without the white space around it, from 0. The default is 2.</summary>
    public int ShortestRequest { get; set; } = RefusalDefaults.ShortestRequest;

    /// <summary>Gets the phrases of which a conversation must hold one to be in scope, upper and lower case alike. Without any, everything
    /// is in scope.</summary>
    public IList<string> Scope { get; } = [];

    internal RefusalPolicyOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ShortestRequest);
        foreach (string phrase in Scope)
            ArgumentException.ThrowIfNullOrWhiteSpace(phrase, nameof(Scope));
        return this;
    }
}
