namespace AgentRouter.Routing.Policies.Hysteresis;

/// <summary>Learns how long a policy's wish for a model lasts, and how likely it is to return. Thread-safe.</summary>
internal sealed class WishHistory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Counts> _byModel = [];
    private long _calls;

    /// <summary>Notes a call's wish.</summary>
    /// <param name="before">The model that was wished for the call before, or <see langword="null"/> at the first.</param>
    /// <param name="now">The model that is wished for this one.</param>
    public void Note(string? before, string now)
    {
        lock (_lock)
        {
            Counts counts = _byModel.GetValueOrDefault(now);
            _byModel[now] = new Counts(counts.Calls + 1, counts.Openings + (before is null ? 1 : 0), counts.Lasted + (before == now ? 1 : 0));
            _calls++;
        }
    }

    /// <summary>Gets the probability that there is a next call and it wishes the same.</summary>
    public double Lasts(string model)
    {
        lock (_lock)
        {
            Counts counts = _byModel.GetValueOrDefault(model);
            // of this call it is not known yet whether the next wishes the same
            return Share(counts.Lasted, Math.Max(counts.Calls - 1, counts.Lasted), HysteresisDefaults.WishLasts);
        }
    }

    /// <summary>Gets the probability that, at a call that wishes another model, there is a next call and it wishes this one.</summary>
    public double Returns(string model)
    {
        lock (_lock)
        {
            Counts counts = _byModel.GetValueOrDefault(model);
            return Share(counts.Calls - counts.Openings - counts.Lasted, _calls - counts.Calls, HysteresisDefaults.WishReturns);
        }
    }

    private static double Share(long hits, long of, double prior) =>
        Math.Min(1, (hits + prior * HysteresisDefaults.WishWeight) / (of + HysteresisDefaults.WishWeight));

    /// <summary>Calls that wished a model, those of them that began a conversation, and those that followed one which wished the same.</summary>
    private readonly record struct Counts(long Calls, long Openings, long Lasted);
}
