namespace AgentRouter.Workflows.Preferences;

/// <summary>One cell of the table: a trail that verified work reinforces and that uses and time wear off. Not thread-safe.</summary>
internal sealed class PreferenceCell
{
    private readonly double _prior;
    private double _trail;

    public PreferenceCell(string to, DateTimeOffset now)
    {
        _prior = _trail = PreferenceDefaults.PriorOf(to);
        At = now;
    }

    public PreferenceCell(AgentPreference saved)
    {
        _prior = PreferenceDefaults.PriorOf(saved.To);
        (_trail, Chosen, Right, Wrong, Usd, At) = (saved.Preference, saved.Chosen, saved.Right, saved.Wrong, saved.Usd, saved.At);
    }

    public int Chosen { get; private set; }

    public int Right { get; private set; }

    public int Wrong { get; private set; }

    /// <summary>Gets a value indicating whether any of its work was verified.</summary>
    public bool IsLearned => Right + Wrong > 0;

    public double Usd { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Gets the preference now: with time it goes back to that of an agent of which nothing is known.</summary>
    public double Now(DateTimeOffset now)
    {
        TimeSpan age = now - At;
        return age <= TimeSpan.Zero ? _trail : _prior + (_trail - _prior) * Math.Pow(0.5, age / PreferenceDefaults.HalfLife);
    }

    public void Choose(DateTimeOffset now)
    {
        Settle(now);
        Chosen++;
    }

    /// <summary>Takes the cost of a verified use into the mean, before the use is compared with the others.</summary>
    public void Spend(double usd) =>
        Usd = IsLearned ? Usd + (usd - Usd) * PreferenceDefaults.Evaporation : usd;

    /// <summary>Wears the trail off by one use, and reinforces it when the work was right.</summary>
    /// <param name="right">Whether it was.</param>
    /// <param name="relativeCost">What the use cost, as a multiple of the mean cost of the node's agents.</param>
    /// <param name="now">The time.</param>
    public void Learn(bool right, double relativeCost, DateTimeOffset now)
    {
        Settle(now);
        double reinforcement = right ? PreferenceDefaults.Reward / (relativeCost + PreferenceDefaults.Softness) : 0;
        _trail += (reinforcement - _trail) * PreferenceDefaults.Evaporation;
        if (right)
            Right++;
        else
            Wrong++;
    }

    // what time has worn off until now is worn off for good
    private void Settle(DateTimeOffset now) => (_trail, At) = (Now(now), now > At ? now : At);
}
