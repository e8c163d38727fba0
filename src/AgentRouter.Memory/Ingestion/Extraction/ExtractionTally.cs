namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Counts what comes of an extraction.</summary>
internal sealed class ExtractionTally
{
    private readonly SortedDictionary<string, int> _dropped = new(StringComparer.Ordinal);
    private readonly List<LeftBatch> _problems = [];

    /// <summary>Gets or sets the counts.</summary>
    public ExtractionResult Result { get; set; } = new() { Status = ExtractionStatus.Finished };

    /// <summary>Gets or sets how much is not asked about yet.</summary>
    public int Waiting { get; set; }

    /// <summary>Notes something that could not be learned from.</summary>
    public void Leave(string place, string reason) => _problems.Add(new LeftBatch(place, reason));

    /// <summary>Counts what was left out of an answer.</summary>
    public void Drop(Drops drops)
    {
        foreach ((string reason, int count) in drops.Counts)
            _dropped[reason] = _dropped.GetValueOrDefault(reason) + count;
    }

    /// <summary>Gets the result.</summary>
    public ExtractionResult End(ExtractionStatus status) => Result with { Status = status, Dropped = _dropped, Problems = _problems, Left = Waiting + _problems.Count };
}
