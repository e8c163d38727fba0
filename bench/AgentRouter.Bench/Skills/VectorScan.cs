using System.Diagnostics;
using System.Globalization;
using AgentRouter.Language.Vectors;

namespace AgentRouter.Bench.Skills;

/// <summary>How fast a vector is compared with all others, beside how fast the machine copies memory: no scan can be faster than reading.</summary>
internal static class VectorScan
{
    public static void Measure(Report report, int count, int length, Random random, int rounds)
    {
        var values = new sbyte[count * Int8Rows.StrideOf(length)];
        var copy = new sbyte[values.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = (sbyte)random.Next(-127, 128);
        var rows = new Int8Rows(values, length);
        Int8Rows query = Int8Rows.Of([.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)]);
        var cosines = new float[count];
        double scan = Median(rounds, () => Int8Scan.Cosines(rows, query, cosines));
        // a copy reads and writes every byte
        double copied = Median(rounds, () => values.CopyTo(copy, 0)) / 2;
        report.Row($"{count:N0} of {length:N0}", scan.ToString("0.00", CultureInfo.InvariantCulture), Speed(values.Length, scan), Speed(values.Length, copied));
    }

    private static double Median(int rounds, Action action)
    {
        double[] milliseconds = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            long began = Stopwatch.GetTimestamp();
            action();
            milliseconds[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return milliseconds[rounds / 2];
    }

    private static string Speed(long bytes, double milliseconds) => (bytes / milliseconds / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
