namespace Shop.Pricing;

/// <summary>Takes a percentage off an order that is large enough.</summary>
/// <param name="Code">What the customer types in.</param>
/// <param name="Percent">The percentage, between 0 and 100.</param>
/// <param name="MinimumOrder">The smallest order the coupon counts for.</param>
public sealed record Coupon(string Code, decimal Percent, decimal MinimumOrder)
{
    /// <summary>Tells whether the coupon counts for an order of this amount.</summary>
    public bool AppliesTo(decimal amount) => amount >= MinimumOrder;

    /// <summary>Computes what the coupon takes off an amount.</summary>
    public decimal DiscountOn(decimal amount) => Cents.Round(amount * Percent / 100);
}
