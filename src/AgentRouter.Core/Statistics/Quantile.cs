namespace AgentRouter.Statistics;

/// <summary>Quantiles with linear interpolation between neighbours.</summary>
internal static class Quantile
{
    /// <summary>Gets a quantile of sorted values.</summary>
    /// <param name="sorted">At least one value, ascending.</param>
    /// <param name="share">Between 0 and 1; 0.5 is the median.</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[^1];
    }

    /// <summary>Gets a quantile of values in any order.</summary>
    public static double Of(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return OfSorted(sorted, share);
    }
}
