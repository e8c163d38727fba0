namespace Shop.Pricing;

/// <summary>Something that is sold.</summary>
/// <param name="Sku">Its number in the stock.</param>
/// <param name="Name">Its name on the receipt.</param>
/// <param name="UnitPrice">The price of one piece.</param>
public sealed record Product(string Sku, string Name, decimal UnitPrice);
