namespace AgentRouter.Memory.Graph;

/// <summary>Days, the first and the last included.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day, not before the first.</param>
public readonly record struct MemoryPeriod(DateOnly First, DateOnly Last)
{
    /// <summary>Tells whether two periods share a day.</summary>
    /// <param name="other">The other one.</param>
    public bool Overlaps(MemoryPeriod other) => First <= other.Last && other.First <= Last;
}
