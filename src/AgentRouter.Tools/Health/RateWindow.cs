namespace AgentRouter.Tools.Health;

/// <summary>How much of a limit of calls a minute is used: the calls of this minute, and of the last one as much as of it still counts.
/// Used under its owner's lock.</summary>
internal sealed class RateWindow(int limit, long minute)
{
    private long _began;
    private int _current;
    private int _last;

    public void Add(long now)
    {
        Turn(now);
        _current++;
    }

    /// <summary>Gets the share of the limit that is used, from 0.</summary>
    public double Used(long now)
    {
        Turn(now);
        double left = 1 - ((double)(now - _began) / minute);
        return (_current + (_last * left)) / limit;
    }

    private void Turn(long now)
    {
        long minutes = (now - _began) / minute;
        if (minutes <= 0)
            return;
        (_last, _current) = (minutes == 1 ? _current : 0, 0);
        _began += minutes * minute;
    }
}
