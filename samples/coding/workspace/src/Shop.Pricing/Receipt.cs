namespace Shop.Pricing;

/// <summary>What a customer pays and why.</summary>
/// <param name="ListTotal">The lines at their list prices.</param>
/// <param name="Subtotal">The lines after their volume discounts.</param>
/// <param name="CouponDiscount">What the coupon took off.</param>
/// <param name="Shipping">The price of shipping.</param>
public sealed record Receipt(decimal ListTotal, decimal Subtotal, decimal CouponDiscount, decimal Shipping)
{
    /// <summary>Gets what the customer pays.</summary>
    public decimal Total => Subtotal - CouponDiscount + Shipping;

    /// <summary>Gets what the discounts and the coupon saved.</summary>
    public decimal Saved => ListTotal - (Subtotal - CouponDiscount);
}
