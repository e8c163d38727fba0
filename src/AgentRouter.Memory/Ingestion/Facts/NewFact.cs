namespace AgentRouter.Memory.Ingestion.Facts;

/// <summary>A statement to be remembered.</summary>
public sealed record NewFact
{
    /// <summary>Gets the statement.</summary>
    public required string Text { get; init; }

    /// <summary>Gets what it is about, such as <c>anna/favourite tea</c>: another fact about the same takes its place later. Without it, it stands by itself.</summary>
    public string? About { get; init; }

    /// <summary>Gets the numbers of the episodes that it comes from.</summary>
    public IReadOnlyList<long> From { get; init; } = [];

    /// <summary>Gets when it was said or learned; now, when not given.</summary>
    public DateTimeOffset? Time { get; init; }
}
