namespace AgentRouter.Routing.Policies.Bandit;

/// <summary>Options of <see cref="BanditPolicy"/>.</summary>
public sealed class BanditPolicyOptions
{
    /// <summary>Gets or sets what work that is verified right is worth, in USD, above 0: a model that costs a tenth of it more must be right a tenth
    /// more often. The default is $10.</summary>
    public decimal SuccessValueUsd { get; set; } = BanditDefaults.SuccessValueUsd;

    /// <summary>Gets or sets how far what is unknown is put forward, in shares of a success, from 0. The default is 0.5.</summary>
    public double Exploration { get; set; } = BanditDefaults.Exploration;

    /// <summary>Gets or sets the file in which what was learned survives restarts; made when it is not there. <see langword="null"/>,
    /// the default, keeps it in memory only.</summary>
    public string? StatePath { get; set; }

    internal BanditPolicyOptions Validate()
    {
        if (SuccessValueUsd <= 0)
            throw new ArgumentOutOfRangeException(nameof(SuccessValueUsd), SuccessValueUsd, "What a success is worth is above 0 USD.");
        if (!(Exploration >= 0 && double.IsFinite(Exploration)))
            throw new ArgumentOutOfRangeException(nameof(Exploration), Exploration, "Exploration is a number from 0.");
        return this;
    }
}
