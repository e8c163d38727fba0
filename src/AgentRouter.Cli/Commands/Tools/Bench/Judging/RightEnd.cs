namespace AgentRouter.Cli.Commands.Tools.Bench.Judging;

/// <summary>The best end of a scenario that its faults and rules leave.</summary>
/// <param name="IsWhole">Whether it is the whole goal; otherwise a lesser one is all that can be reached.</param>
/// <param name="Why">What counts as right, and why.</param>
/// <param name="Effects">What must have happened: each once, and nothing else.</param>
internal sealed record RightEnd(bool IsWhole, string Why, params string[] Effects)
{
    /// <summary>Gets what must have been looked at before anything happens: the branches of a fan-out that are not out.</summary>
    public IReadOnlyList<string> Branches { get; init; } = [];
}
