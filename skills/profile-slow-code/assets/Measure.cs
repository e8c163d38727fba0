// Measures one operation: warms up, repeats, prints the median with its spread and what is allocated.
// In .measure/: a console project (OutputType Exe, net10.0) with a reference to the project under test; dotnet run -c Release
using System.Diagnostics;

foreach (int n in new[] { 1_000, 2_000, 4_000 })
{
    int[] input = [.. Enumerable.Range(0, n)];   // replace: input of the real kind, the same at each run
    Measure($"n = {n}", () => input.Distinct().Count());   // replace: the operation; return something that depends on its result
}

static void Measure<T>(string name, Func<T> operation, int runs = 15)
{
    T result = default!;
    // the just-in-time compiler needs calls and time before the code is as fast as it gets
    var warmUp = Stopwatch.StartNew();
    int calls = 0;
    for (; calls < 3 || warmUp.ElapsedMilliseconds < 1_000; calls++)
        result = operation();
    // short operations are measured many at a time: a run lasts 20 ms at least
    int perRun = Math.Max(1, (int)(calls * 20 / warmUp.Elapsed.TotalMilliseconds));

    var milliseconds = new double[runs];
    var bytes = new long[runs];
    TimeSpan processor = Environment.CpuUsage.TotalTime;
    long whole = Stopwatch.GetTimestamp();
    for (int i = 0; i < runs; i++)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < perRun; call++)
            result = operation();
        milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / perRun;
        bytes[i] = (GC.GetTotalAllocatedBytes(precise: true) - before) / perRun;
    }

    double share = (Environment.CpuUsage.TotalTime - processor) / Stopwatch.GetElapsedTime(whole);
    Array.Sort(milliseconds);
    Array.Sort(bytes);
    Console.WriteLine(FormattableString.Invariant(
        $"{name}: median {milliseconds[runs / 2]:0.000} ms (fastest {milliseconds[0]:0.000}, slowest {milliseconds[^1]:0.000}), {bytes[runs / 2]:N0} bytes, {share:0.00} processors busy, result {result}"));
}
