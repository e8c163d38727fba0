namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>What is left out of one answer, by reason.</summary>
internal sealed class Drops
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Gets the reasons, and how often each.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Counts what is left out.</summary>
    /// <param name="reason">The reason: one of few, which no model has written.</param>
    /// <param name="count">How often.</param>
    public void Add(string reason, int count = 1)
    {
        if (count > 0)
            _counts[reason] = _counts.GetValueOrDefault(reason) + count;
    }
}
