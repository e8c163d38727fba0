namespace AgentRouter.Routing.Policies.Hysteresis;

/// <summary>Learns how long a policy's wish for a model lasts. Thread-safe.</summary>
internal sealed class WishHistory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Calls, long Lasted)> _byModel = [];

    /// <summary>Notes a call's wish.</summary>
    /// <param name="before">The model that was wished for the call before, or <see langword="null"/> at the first.</param>
    /// <param name="now">The model that is wished for this one.</param>
    public void Note(string? before, string now)
    {
        lock (_lock)
        {
            (long calls, long lasted) = _byModel.GetValueOrDefault(now);
            _byModel[now] = (calls + 1, lasted + (before == now ? 1 : 0));
        }
    }

    /// <summary>Gets the probability that there is a next call and it wishes the same.</summary>
    public double Lasts(string model)
    {
        lock (_lock)
        {
            (long calls, long lasted) = _byModel.GetValueOrDefault(model);
            // of this call it is not known yet whether the next wishes the same
            long known = Math.Max(calls - 1, lasted);
            return (lasted + HysteresisDefaults.WishLasts * HysteresisDefaults.WishWeight) / (known + HysteresisDefaults.WishWeight);
        }
    }
}
