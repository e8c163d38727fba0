namespace AgentRouter.Tools.Health;

/// <summary>The last calls of a tool: how many within a time, how many of them failed, and how long the good ones took. Used under its owner's lock.</summary>
internal sealed class CallWindow(long length)
{
    private readonly (long At, bool Failed)[] _calls = new (long, bool)[ToolHealthDefaults.ErrorCalls];
    private readonly long[] _latencies = new long[ToolHealthDefaults.LatencyCalls];
    private int _first;
    private int _latencyAt;
    private int _latencyCount;
    private long _latencySum;

    public int Count { get; private set; }

    public int Failures { get; private set; }

    /// <summary>Gets the mean time of the last good calls in ticks of the clock's timestamp; 0 before the first.</summary>
    public double MeanLatency => _latencyCount == 0 ? 0 : (double)_latencySum / _latencyCount;

    public void Add(long now, bool failed)
    {
        if (Count == _calls.Length)
            DropFirst();
        _calls[(_first + Count) % _calls.Length] = (now, failed);
        Count++;
        Failures += failed ? 1 : 0;
    }

    public void AddLatency(long latency)
    {
        if (_latencyCount == _latencies.Length)
            _latencySum -= _latencies[_latencyAt];
        else
            _latencyCount++;
        _latencies[_latencyAt] = latency;
        _latencySum += latency;
        _latencyAt = (_latencyAt + 1) % _latencies.Length;
    }

    /// <summary>Forgets what is too old, and tells when the next call will be.</summary>
    /// <returns>The moment from which there is less to count.</returns>
    public long Expire(long now)
    {
        while (Count > 0 && now - _calls[_first].At >= length)
            DropFirst();
        return Count == 0 ? long.MaxValue : _calls[_first].At + length;
    }

    private void DropFirst()
    {
        Failures -= _calls[_first].Failed ? 1 : 0;
        _first = (_first + 1) % _calls.Length;
        Count--;
    }
}
