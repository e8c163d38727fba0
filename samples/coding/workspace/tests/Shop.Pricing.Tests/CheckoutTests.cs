namespace Shop.Pricing.Tests;

public sealed class CheckoutTests
{
    private static readonly Coupon TenPercent = new("TEN", 10m, 50.00m);

    [Fact]
    public void An_empty_cart_costs_nothing() =>
        Assert.Equal(0m, Checkout.Price(new Cart()).Total);

    [Fact]
    public void Shipping_is_free_from_fifty()
    {
        Assert.Equal(0m, Checkout.Price(CartOf(10.00m, 5)).Shipping);
        Assert.Equal(4.90m, Checkout.Price(CartOf(9.99m, 5)).Shipping);
    }

    [Fact]
    public void Free_shipping_looks_at_the_price_after_the_coupon()
    {
        Receipt receipt = Checkout.Price(CartOf(11.00m, 5), TenPercent);

        Assert.Equal(5.50m, receipt.CouponDiscount);
        Assert.Equal(54.40m, receipt.Total);
    }

    [Fact]
    public void A_coupon_counts_at_exactly_its_minimum() =>
        Assert.Equal(5.00m, Checkout.Price(CartOf(12.50m, 4), TenPercent).CouponDiscount);

    [Fact]
    public void A_coupon_is_taken_off_the_subtotal()
    {
        Receipt receipt = Checkout.Price(CartOf(12.00m, 10), TenPercent);

        Assert.Equal(108.00m, receipt.Subtotal);
        Assert.Equal(97.20m, receipt.Total);
    }

    [Fact]
    public void A_coupon_needs_its_minimum_after_volume_discounts() =>
        Assert.Equal(54.40m, Checkout.Price(CartOf(5.50m, 10), TenPercent).Total);

    [Fact]
    public void A_mixed_cart_adds_up()
    {
        Cart cart = new Cart()
            .Add(new Product("P-2", "Pen", 1.05m), 12)
            .Add(new Product("B-1", "Book", 24.99m), 2);

        Receipt receipt = Checkout.Price(cart, new Coupon("TWENTY", 20m, 60.00m));

        Assert.Equal(61.32m, receipt.Subtotal);
        Assert.Equal(53.96m, receipt.Total);
        Assert.Equal(13.52m, receipt.Saved);
    }

    private static Cart CartOf(decimal unitPrice, int quantity) =>
        new Cart().Add(new Product("X-1", "Thing", unitPrice), quantity);
}
