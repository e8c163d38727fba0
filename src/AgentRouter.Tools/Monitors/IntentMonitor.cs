namespace AgentRouter.Tools.Monitors;

/// <summary>Asks when the user's words speak of another goal than the one that is on its way.</summary>
/// <remarks>Words, not meaning: a guard against a model that picks the wrong goal, in microseconds.</remarks>
public sealed class IntentMonitor : IToolMonitor
{
    private const double Other = 0.90;
    private const double Unknown = 0.30;

    private readonly (string Goal, string[] Words)[] _goals;

    /// <summary>Makes the monitor.</summary>
    /// <param name="words">For each goal the words and phrases that speak of it. Letter case does not count.</param>
    public IntentMonitor(IReadOnlyDictionary<string, IReadOnlyList<string>> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        _goals = [.. words.Select(goal => (goal.Key, goal.Value.Where(word => !string.IsNullOrWhiteSpace(word)).ToArray()))];
    }

    /// <inheritdoc/>
    public string Name => "intent";

    /// <inheritdoc/>
    public ValueTask<MonitorSignal> ObserveAsync(MonitorContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Intent is not { Length: > 0 } intent)
            return new(MonitorSignal.Quiet);
        string? other = null;
        foreach ((string goal, string[] words) in _goals)
        {
            if (!Array.Exists(words, word => SaysWord(intent, word)))
                continue;
            if (goal == context.Goal.Name)
                return new(MonitorSignal.Quiet);
            other ??= goal;
        }

        return new(other is null
            ? new MonitorSignal(Unknown, MonitorAction.None, "The user's words speak of no goal that is known.")
            : new MonitorSignal(Other, MonitorAction.Ask, $"The user's words speak of '{other}', not of '{context.Goal.Name}'."));
    }

    private static bool SaysWord(string text, string word)
    {
        for (int at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            int end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }

        return false;
    }
}
