namespace Shop.Pricing;

/// <summary>A product and how many pieces of it are bought.</summary>
public sealed record CartLine(Product Product, int Quantity)
{
    /// <summary>Gets the price before any discount.</summary>
    public decimal ListPrice => Product.UnitPrice * Quantity;
}
