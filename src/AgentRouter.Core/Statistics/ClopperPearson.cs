namespace AgentRouter.Statistics;

/// <summary>The exact interval of a share. C. J. Clopper and E. S. Pearson, 1934.</summary>
internal static class ClopperPearson
{
    /// <summary>Gets the 95 % interval of a share.</summary>
    /// <param name="hits">How many of the trials hit.</param>
    /// <param name="trials">The trials, from 1.</param>
    public static Interval Of(int hits, int trials)
    {
        const double tail = 0.025;
        double low = hits == 0 ? 0 : Solve(p => UpperTail(hits, trials, p) - tail);
        double high = hits == trials ? 1 : Solve(p => tail - LowerTail(hits, trials, p));
        return new Interval(low, high);
    }

    // both functions grow with p, so the root is where the sign turns
    private static double Solve(Func<double, double> growing)
    {
        double low = 0, high = 1;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (growing(middle) < 0)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }

    // P(X >= hits)
    private static double UpperTail(int hits, int trials, double p) => 1 - LowerTail(hits - 1, trials, p);

    // P(X <= hits), summed in logarithms so that large trials do not underflow
    private static double LowerTail(int hits, int trials, double p)
    {
        if (p <= 0)
            return 1;
        if (p >= 1)
            return hits >= trials ? 1 : 0;
        double log = trials * Math.Log(1 - p), odds = Math.Log(p) - Math.Log(1 - p), sum = Math.Exp(log);
        for (int k = 1; k <= hits; k++)
        {
            log += Math.Log((double)(trials - k + 1) / k) + odds;
            sum += Math.Exp(log);
        }

        return Math.Min(1, sum);
    }
}
