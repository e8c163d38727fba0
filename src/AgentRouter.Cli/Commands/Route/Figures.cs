using System.Globalization;
using AgentRouter.Statistics;

namespace AgentRouter.Cli.Commands.Route;

/// <summary>Measured figures as people read them.</summary>
internal static class Figures
{
    /// <summary>Writes a share as percent with a decimal: <c>71.3 %</c>.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Writes an interval of a share: <c>68.0–74.1 %</c>.</summary>
    public static string Percent(Interval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{interval.Low * 100:0.0}–{interval.High * 100:0.0} %");

    /// <summary>Writes a figure with three decimals: <c>.628</c> as <c>0.628</c>.</summary>
    public static string Three(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "–";

    /// <summary>Writes an interval with three decimals.</summary>
    public static string Three(Interval interval) => string.Create(CultureInfo.InvariantCulture, $"{interval.Low:0.000}–{interval.High:0.000}");

    /// <summary>Writes a difference with its sign and three decimals: <c>+0.078</c>.</summary>
    public static string Signed(double value) => Sign(Math.Round(value, 3)) + Math.Abs(value).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Writes the interval of a difference.</summary>
    public static string Signed(Interval interval) => $"{Signed(interval.Low)} to {Signed(interval.High)}";

    /// <summary>Writes a difference of shares in percentage points: <c>+1.8</c>.</summary>
    public static string SignedPoints(double value) => Sign(Math.Round(value, 3)) + Math.Abs(value * 100).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Writes the interval of a difference of shares.</summary>
    public static string SignedPoints(Interval interval) => $"{SignedPoints(interval.Low)} to {SignedPoints(interval.High)}";

    /// <summary>Writes dollars with as many decimals as a task's cost needs; empty when unknown.</summary>
    public static string Usd(double? usd) => usd is { } known ? "$" + known.ToString(known < 0.01 ? "0.00000" : "0.000", CultureInfo.InvariantCulture) : "";

    private static string Sign(double rounded) => rounded < 0 ? "-" : "+";
}
