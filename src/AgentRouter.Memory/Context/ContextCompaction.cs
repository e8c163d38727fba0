namespace AgentRouter.Memory.Context;

/// <summary>A conversation was made shorter.</summary>
/// <param name="Strategy">What was done.</param>
/// <param name="Reason">Why that, in a sentence.</param>
/// <param name="Rounds">How many rounds were left out this time.</param>
/// <param name="TokensBefore">The tokens that would have been sent.</param>
/// <param name="TokensAfter">The tokens that are sent now.</param>
public sealed record ContextCompaction(ContextStrategy Strategy, string Reason, int Rounds, long TokensBefore, long TokensAfter)
{
    /// <summary>Gets what was to be done and could not be: a summary that the budget refused or that failed; <see langword="null"/> where it was done.</summary>
    public ContextStrategy? InPlaceOf { get; init; }

    /// <summary>Gets how many tools' results were cut in the middle.</summary>
    public int ResultsCut { get; init; }

    /// <summary>Gets the strategies that were tried for some steps, in the order in which they were; empty where none was.</summary>
    public IReadOnlyList<ContextStrategy> Tried { get; init; } = [];
}
