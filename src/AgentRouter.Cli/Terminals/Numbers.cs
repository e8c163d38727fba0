using System.Globalization;
using AgentRouter.Pricing;

namespace AgentRouter.Cli.Terminals;

/// <summary>Numbers as people read them, the same in every language setting.</summary>
internal static class Numbers
{
    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB"];

    /// <summary>Writes an amount with enough decimals for the small prices of single calls, so that columns line up.</summary>
    public static string Money(Money amount) =>
        (amount.IsNegative ? "-$" : "$") + Math.Abs(amount.ToUsd()).ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>Writes a limit as the user wrote it: at least two decimals.</summary>
    public static string Limit(Money amount) => "$" + amount.ToUsd().ToString("0.00##########", CultureInfo.InvariantCulture);

    /// <summary>Writes a count with thousands apart.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Writes a share of one as whole percent; what is above zero is never shown as zero.</summary>
    public static string Percent(decimal share)
    {
        decimal percent = share * 100;
        if (percent is > 0 and < 1)
            return "<1%";
        return Math.Round(percent, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture) + "%";
    }

    /// <summary>Writes a duration: <c>12 ms</c>, <c>3.4 s</c>, <c>2 min 05 s</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 1000 } => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms",
        { TotalSeconds: < 60 } => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min"),
    };

    /// <summary>Writes a size: <c>512 bytes</c>, <c>3.4 KiB</c>, <c>2.0 GiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        if (bytes < 1024)
            return Of(bytes, "byte");
        decimal size = bytes / 1024m;
        int unit = 0;
        for (; size >= 1024 && unit < Units.Length - 1; unit++)
            size /= 1024;
        return size.ToString("0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>Writes a moment in UTC.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Writes a noun with its number: <c>1 call</c>, <c>2 calls</c>.</summary>
    public static string Of(long count, string noun) => Of(count, noun, noun + "s");

    /// <summary>Writes a noun with its number, where the plural is not the noun with an s: <c>2 batches</c>.</summary>
    public static string Of(long count, string noun, string plural) => Count(count) + " " + (count == 1 ? noun : plural);
}
