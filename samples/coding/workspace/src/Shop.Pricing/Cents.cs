namespace Shop.Pricing;

/// <summary>Rounds amounts of money.</summary>
public static class Cents
{
    /// <summary>Rounds to a whole cent, half a cent away from zero.</summary>
    public static decimal Round(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
}
