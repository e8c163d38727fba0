namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>With how much effort a part of a recall was to be done, and was done.</summary>
/// <param name="Module">The part.</param>
/// <param name="Planned">What was planned.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record PlannedModule(RecallModule Module, RecallEffort Planned, string Reason)
{
    /// <summary>Gets what was done: what was planned, or less.</summary>
    public RecallEffort Effort { get; init; } = Planned;

    /// <summary>Gets why less was done than planned, such as a budget that is used up; <see langword="null"/> where that is not so.</summary>
    public string? Shortfall { get; init; }
}
