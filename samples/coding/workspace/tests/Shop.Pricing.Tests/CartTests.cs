namespace Shop.Pricing.Tests;

public sealed class CartTests
{
    private static readonly Product Pencil = new("P-1", "Pencil", 0.25m);
    private static readonly Product Folder = new("F-1", "Folder", 4.00m);

    [Fact]
    public void Adding_a_product_twice_adds_to_its_line()
    {
        Cart cart = new Cart().Add(Pencil, 3).Add(Folder).Add(Pencil, 4);

        Assert.Equal([new CartLine(Pencil, 7), new CartLine(Folder, 1)], cart.Lines);
    }

    [Fact]
    public void A_removed_product_is_gone()
    {
        Cart cart = new Cart().Add(Pencil).Add(Folder);

        Assert.True(cart.Remove("P-1"));
        Assert.False(cart.Remove("P-1"));
        Assert.Equal([new CartLine(Folder, 1)], cart.Lines);
    }

    [Fact]
    public void A_quantity_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cart().Add(Pencil, 0));
}
