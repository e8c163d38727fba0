namespace AgentRouter.Events;

/// <summary>The conversation of an agent had become too long and was made shorter.</summary>
/// <param name="Strategy">What was done: <c>keepLast</c>, <c>summarize</c> or <c>recall</c>.</param>
/// <param name="Reason">Why that, in a sentence.</param>
/// <param name="Rounds">How many rounds were left out this time.</param>
/// <param name="TokensBefore">The tokens that would have been sent, as estimated.</param>
/// <param name="TokensAfter">The tokens that are sent now, as estimated.</param>
public sealed record ContextCompacted(string Strategy, string Reason, int Rounds, long TokensBefore, long TokensAfter) : RunEvent
{
    /// <summary>Gets what was to be done and could not be, such as <c>summarize</c> where the budget refused the summary; <see langword="null"/> where it was done.</summary>
    public string? InPlaceOf { get; init; }

    /// <summary>Gets how many tools' results were cut in the middle.</summary>
    public int ResultsCut { get; init; }

    /// <summary>Gets the numbers of the steps that were made for it.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [];

    /// <summary>Gets the strategies that were tried for some steps, in the order in which they were; empty where none was.</summary>
    public IReadOnlyList<string> Tried { get; init; } = [];
}
