namespace AgentRouter.Routing.Policies.Risk;

/// <summary>Options of <see cref="RiskPolicy"/>.</summary>
public sealed class RiskPolicyOptions
{
    /// <summary>Gets or sets the tier that takes risky steps; <see langword="null"/>, the default, for the most capable one.</summary>
    public string? Tier { get; set; }

    /// <summary>Gets the names of risky tools; <c>*</c> stands for any characters: <c>*_refund</c>. Without any, a tool is risky when a
    /// word of its name is one of delete, remove, drop, destroy, purge, wipe, refund, pay, transfer, cancel, revoke, terminate, deploy,
    /// publish, send. Tools that say of themselves that they destroy something are risky in any case.</summary>
    public IList<string> Tools { get; } = [];

    internal RiskPolicyOptions Validate()
    {
        foreach (string tool in Tools)
            ArgumentException.ThrowIfNullOrWhiteSpace(tool, nameof(Tools));
        if (Tier is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(Tier);
        return this;
    }
}
