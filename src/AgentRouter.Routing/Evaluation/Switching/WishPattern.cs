namespace AgentRouter.Routing.Evaluation.Switching;

/// <summary>For which steps of a run the strong model is wished: stand-ins for what a policy could want. Those that look at the run's
/// length know what no policy knows; they are there because the literature reports them.</summary>
internal sealed record WishPattern(string Name, Func<int, int, bool> Wishes)
{
    /// <summary>Gets all patterns.</summary>
    public static IReadOnlyList<WishPattern> All { get; } =
    [
        new("always strong", (_, _) => true),
        new("first half weak", (step, steps) => step >= steps / 2),
        new("alternate", (step, _) => step % 2 == 0),
        new("1 step in 4", (step, _) => step % 4 == 0),
        new("first half strong", (step, steps) => step < steps - steps / 2),
        new("last step only", (step, steps) => step == steps - 1),
        new("always weak", (_, _) => false),
    ];

    /// <summary>Gets the wishes for a run.</summary>
    public bool[] For(int steps) => [.. Enumerable.Range(0, steps).Select(step => Wishes(step, steps))];
}
