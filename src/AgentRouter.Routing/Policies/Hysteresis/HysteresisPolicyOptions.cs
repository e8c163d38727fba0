namespace AgentRouter.Routing.Policies.Hysteresis;

/// <summary>Options of <see cref="HysteresisPolicy"/>.</summary>
public sealed class HysteresisPolicyOptions
{
    /// <summary>Gets or sets what a change of models must bring at least, after the lost cache is paid, in USD, from 0. The default is $0.001.</summary>
    public decimal MarginUsd { get; set; } = HysteresisDefaults.MarginUsd;

    /// <summary>Gets or sets what a call that succeeds is worth, in USD, from 0: prices the predictions of policies that make any. The
    /// default is $0.05.</summary>
    public decimal CallValueUsd { get; set; } = HysteresisDefaults.CallValueUsd;

    /// <summary>Gets or sets what a call on a more capable model is worth where the policy wishes for one and predicts nothing, in USD, from 0.
    /// The default is <see langword="null"/>: such a wish is followed at any price, outside tool loops.</summary>
    public decimal? UpgradeValueUsd { get; set; }

    /// <summary>Gets or sets whether a mere wish waits until a tool loop has ended: between a tool call and its result only what is
    /// predicted or saved can pay for the lost cache. The default is <see langword="true"/>.</summary>
    public bool ToolLoopLock { get; set; } = true;

    /// <summary>Gets or sets the expected time from one call of a conversation to the next, from 0. The default is 10 seconds.</summary>
    public TimeSpan CallGap { get; set; } = HysteresisDefaults.CallGap;

    internal HysteresisPolicyOptions Validate()
    {
        Check(MarginUsd, nameof(MarginUsd));
        Check(CallValueUsd, nameof(CallValueUsd));
        Check(UpgradeValueUsd ?? 0, nameof(UpgradeValueUsd));
        ArgumentOutOfRangeException.ThrowIfLessThan(CallGap, TimeSpan.Zero);
        return this;
    }

    private static void Check(decimal usd, string name)
    {
        if (usd is < 0 or > HysteresisDefaults.MostUsd)
            throw new ArgumentOutOfRangeException(name, usd, $"{name} is an amount in US dollars from 0 to {HysteresisDefaults.MostUsd:N0}.");
    }
}
