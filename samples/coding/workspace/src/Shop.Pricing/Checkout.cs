namespace Shop.Pricing;

/// <summary>Prices a whole cart by the rules in README.md.</summary>
public static class Checkout
{
    /// <summary>What shipping costs.</summary>
    public const decimal ShippingFee = 4.90m;

    /// <summary>From this amount on, shipping is free.</summary>
    public const decimal FreeShippingFrom = 50.00m;

    /// <summary>Prices the cart.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="coupon">The customer's coupon, if there is one.</param>
    public static Receipt Price(Cart cart, Coupon? coupon = null)
    {
        decimal listTotal = cart.Lines.Sum(line => line.ListPrice);
        decimal subtotal = cart.Lines.Sum(LinePricer.PriceOf);

        decimal couponDiscount = 0m;
        if (coupon is not null && coupon.AppliesTo(listTotal))
            couponDiscount = coupon.DiscountOn(listTotal);

        decimal goods = subtotal - couponDiscount;
        decimal shipping = goods >= FreeShippingFrom || cart.Lines.Count == 0 ? 0m : ShippingFee;
        return new Receipt(listTotal, subtotal, couponDiscount, shipping);
    }
}
