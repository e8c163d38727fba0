using System.Globalization;
using System.Text.Json.Serialization;

namespace AgentRouter.Pricing;

/// <summary>An exact amount of US dollars, held as a whole number of picodollars (10⁻¹² USD).</summary>
/// <remarks>
/// A picodollar is the unit in which token prices are whole: a price of <c>p</c> USD per million tokens, with at most six
/// decimals, is exactly <c>p × 10⁶</c> picodollars a token. Sums of such prices never round. The range is about ±9.2 million
/// USD; arithmetic past it throws <see cref="OverflowException"/> instead of wrapping.
/// </remarks>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money : IComparable<Money>
{
    /// <summary>Picodollars in one US dollar.</summary>
    public const long PicodollarsPerUsd = 1_000_000_000_000;

    private Money(long picodollars) => Picodollars = picodollars;

    /// <summary>Gets no money at all.</summary>
    public static Money Zero => default;

    /// <summary>Gets the largest amount that can be held.</summary>
    public static Money MaxValue => new(long.MaxValue);

    /// <summary>Gets the amount in picodollars (10⁻¹² USD).</summary>
    public long Picodollars { get; }

    /// <summary>Gets a value indicating whether the amount is below zero.</summary>
    public bool IsNegative => Picodollars < 0;

    /// <summary>Makes an amount from whole picodollars.</summary>
    /// <param name="picodollars">The amount, in 10⁻¹² USD.</param>
    public static Money FromPicodollars(long picodollars) => new(picodollars);

    /// <summary>Makes an amount from US dollars.</summary>
    /// <param name="usd">The amount, in USD, with at most twelve decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount has more than twelve decimals or is out of range.</exception>
    public static Money FromUsd(decimal usd)
    {
        decimal scaled;
        try
        {
            scaled = usd * PicodollarsPerUsd;
        }
        catch (OverflowException)
        {
            throw new ArgumentOutOfRangeException(nameof(usd), usd, "The amount is out of the range of Money (about 9.2 million USD).");
        }

        if (scaled != decimal.Truncate(scaled))
            throw new ArgumentOutOfRangeException(nameof(usd), usd, "An amount of money has at most twelve decimals.");
        if (scaled is > long.MaxValue or < long.MinValue)
            throw new ArgumentOutOfRangeException(nameof(usd), usd, "The amount is out of the range of Money (about 9.2 million USD).");
        return new Money((long)scaled);
    }

    /// <summary>Gets the amount in US dollars, exactly.</summary>
    public decimal ToUsd() => Picodollars / (decimal)PicodollarsPerUsd;

    /// <summary>Adds two amounts.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Picodollars + right.Picodollars));

    /// <summary>Subtracts one amount from another.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Picodollars - right.Picodollars));

    /// <summary>Multiplies an amount by a whole number.</summary>
    public static Money operator *(Money left, long right) => new(checked(left.Picodollars * right));

    /// <summary>Compares two amounts.</summary>
    public static bool operator <(Money left, Money right) => left.Picodollars < right.Picodollars;

    /// <summary>Compares two amounts.</summary>
    public static bool operator >(Money left, Money right) => left.Picodollars > right.Picodollars;

    /// <summary>Compares two amounts.</summary>
    public static bool operator <=(Money left, Money right) => left.Picodollars <= right.Picodollars;

    /// <summary>Compares two amounts.</summary>
    public static bool operator >=(Money left, Money right) => left.Picodollars >= right.Picodollars;

    /// <summary>Adds two amounts.</summary>
    public static Money Add(Money left, Money right) => left + right;

    /// <summary>Subtracts one amount from another.</summary>
    public static Money Subtract(Money left, Money right) => left - right;

    /// <summary>Multiplies an amount by a whole number.</summary>
    public static Money Multiply(Money left, long right) => left * right;

    /// <summary>Gets the smaller of two amounts.</summary>
    public static Money Min(Money left, Money right) => left < right ? left : right;

    /// <summary>Gets the larger of two amounts.</summary>
    public static Money Max(Money left, Money right) => left > right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(Money other) => Picodollars.CompareTo(other.Picodollars);

    /// <summary>Writes the amount for people: four decimals from a cent upwards, else as many as it takes to see two digits.</summary>
    public override string ToString()
    {
        decimal usd = ToUsd();
        decimal size = Math.Abs(usd);
        int decimals = 4;
        for (decimal bound = 0.01m; size < bound && size > 0 && decimals < 12; bound /= 10)
            decimals++;
        if (size == 0)
            decimals = 2;
        return (usd < 0 ? "-$" : "$") + Math.Round(size, decimals, MidpointRounding.AwayFromZero).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
