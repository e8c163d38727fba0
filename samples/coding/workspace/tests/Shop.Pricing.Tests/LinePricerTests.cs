namespace Shop.Pricing.Tests;

public sealed class LinePricerTests
{
    [Theory]
    [InlineData(9, 36.00)]
    [InlineData(10, 36.00)]
    [InlineData(50, 170.00)]
    public void Many_pieces_cost_less(int quantity, decimal expected) =>
        Assert.Equal(expected, LinePricer.PriceOf(new CartLine(new Product("F-1", "Folder", 4.00m), quantity)));

    [Fact]
    public void A_line_is_rounded_once_at_its_end() =>
        Assert.Equal(2.25m, LinePricer.PriceOf(new CartLine(new Product("P-1", "Pencil", 0.25m), 10)));
}
