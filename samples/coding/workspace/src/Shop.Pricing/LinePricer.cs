namespace Shop.Pricing;

/// <summary>Prices one line of a cart with its volume discount.</summary>
public static class LinePricer
{
    /// <summary>Gets the share that is taken off a line of this many pieces.</summary>
    public static decimal VolumeDiscount(int quantity) => quantity switch
    {
        >= 50 => 0.15m,
        >= 10 => 0.10m,
        _ => 0m,
    };

    /// <summary>Computes what a line costs after its volume discount.</summary>
    public static decimal PriceOf(CartLine line)
    {
        decimal unitPrice = Cents.Round(line.Product.UnitPrice * (1 - VolumeDiscount(line.Quantity)));
        return unitPrice * line.Quantity;
    }
}
