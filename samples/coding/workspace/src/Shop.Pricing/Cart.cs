namespace Shop.Pricing;

/// <summary>What a customer wants to buy, one line a product.</summary>
public sealed class Cart
{
    private readonly List<CartLine> _lines = [];

    /// <summary>Gets the lines in the order in which their products were added.</summary>
    public IReadOnlyList<CartLine> Lines => _lines;

    /// <summary>Adds pieces of a product to its line, or a new line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The quantity is less than one.</exception>
    public Cart Add(Product product, int quantity = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quantity, 1);
        int index = _lines.FindIndex(line => line.Product.Sku == product.Sku);
        if (index < 0)
            _lines.Add(new CartLine(product, quantity));
        else
            _lines[index] = _lines[index] with { Quantity = _lines[index].Quantity + quantity };
        return this;
    }

    /// <summary>Takes a product out of the cart.</summary>
    /// <returns>Whether it was in the cart.</returns>
    public bool Remove(string sku) => _lines.RemoveAll(line => line.Product.Sku == sku) > 0;
}
