using AgentRouter.Routing.Costs;

namespace AgentRouter.Routing.Policies.Hysteresis;

/// <summary>How a prompt grows from call to call, and how much the models say: running means in which the latest call counts most. Thread-safe.</summary>
internal sealed class CallAverages
{
    private readonly Lock _lock = new();
    private double? _growth, _output;

    /// <summary>Makes averages that go on from others, or from what is usual.</summary>
    public CallAverages(CallAverages? from = null) => (_growth, _output) = from is null ? (null, null) : from.Read();

    /// <summary>Gets the tokens by which a prompt grows from call to call.</summary>
    public long Growth => (long)(Read().Growth ?? HysteresisDefaults.GrowthTokens);

    /// <summary>Gets the output of a call, in tokens.</summary>
    public long Output => (long)(Read().Output ?? CostModel.ExpectedOutputTokens);

    /// <summary>Notes by how much a prompt grew.</summary>
    public void Grew(long tokens)
    {
        lock (_lock)
            _growth = Mean(_growth, tokens);
    }

    /// <summary>Notes what a call put out.</summary>
    public void Said(long tokens)
    {
        lock (_lock)
            _output = Mean(_output, tokens);
    }

    private (double? Growth, double? Output) Read()
    {
        lock (_lock)
            return (_growth, _output);
    }

    private static double Mean(double? mean, long latest) =>
        mean is { } known ? known + HysteresisDefaults.LatestCounts * (latest - known) : latest;
}
