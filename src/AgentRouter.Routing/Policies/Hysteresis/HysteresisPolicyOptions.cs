using AgentRouter.Pricing;
using AgentRouter.Routing.Costs;

namespace AgentRouter.Routing.Policies.Hysteresis;

/// <summary>Options of <see cref="HysteresisPolicy"/>.</summary>
public sealed class HysteresisPolicyOptions
{
    /// <summary>Gets or sets what a change of models must bring at least, after the lost cache is paid, from 0. The default is $0.001.</summary>
    public Money Margin { get; set; } = Money.FromUsd(HysteresisDefaults.MarginUsd);

    /// <summary>Gets or sets what a call that succeeds is worth, from 0: prices the predictions of policies that make any. The
    /// default is $0.05.</summary>
    public Money CallValue { get; set; } = Money.FromUsd(HysteresisDefaults.CallUsd);

    /// <summary>Gets or sets what a call on a more capable model is worth where the policy wishes for one and predicts nothing, from 0.
    /// The default is <see langword="null"/>: such a wish is followed at any price, outside tool loops.</summary>
    public Money? UpgradeValue { get; set; }

    /// <summary>Gets or sets whether a mere wish waits until a tool loop has ended: between a tool call and its result only what is
    /// predicted or saved can pay for the lost cache. The default is <see langword="true"/>.</summary>
    public bool ToolLoopLock { get; set; } = true;

    /// <summary>Gets or sets the expected time from one call of a conversation to the next, from 0. The default is 10 seconds.</summary>
    public TimeSpan CallGap { get; set; } = HysteresisDefaults.CallGap;

    /// <summary>Gets or sets how likely a conversation is to end after each call. The default, <see langword="null"/>, learns it from the
    /// conversations that the policy sees.</summary>
    public IStepHazard? Hazard { get; set; }

    internal HysteresisPolicyOptions Validate()
    {
        NotNegative(Margin, nameof(Margin));
        NotNegative(CallValue, nameof(CallValue));
        NotNegative(UpgradeValue ?? Money.Zero, nameof(UpgradeValue));
        ArgumentOutOfRangeException.ThrowIfLessThan(CallGap, TimeSpan.Zero);
        return this;
    }

    private static void NotNegative(Money value, string name)
    {
        if (value.IsNegative)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is an amount of money from 0.");
    }
}
