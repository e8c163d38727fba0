using AgentRouter.Events;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Presentation;

/// <summary>The states that the list of runs shows, as words to choose runs by.</summary>
internal static class RunStateFilter
{
    private static readonly Dictionary<string, RunOutcome?> States = new(StringComparer.OrdinalIgnoreCase)
    {
        [Running] = null,
        ["waiting"] = RunOutcome.Waiting,
        [Interrupted] = null,
        ["cancelled"] = RunOutcome.Cancelled,
        ["succeeded"] = RunOutcome.Succeeded,
        ["failed"] = RunOutcome.Failed,
        ["budgetExceeded"] = RunOutcome.BudgetExceeded,
    };

    private const string Running = "running";
    private const string Interrupted = "interrupted";

    /// <summary>Gets the words.</summary>
    public static IReadOnlyCollection<string> Words => States.Keys;

    /// <summary>Tells whether a word is one of them; <c>budget exceeded</c>, as the list writes it, is one too.</summary>
    public static bool Knows(string word) => States.ContainsKey(Plain(word));

    /// <summary>Lists the runs that are in a state, the latest first.</summary>
    /// <param name="store">Where the runs are recorded.</param>
    /// <param name="word">The state, one that <see cref="Knows"/>.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    public static IAsyncEnumerable<RunSummary> List(SqliteRunStore store, string word, CancellationToken cancellationToken)
    {
        if (States[Plain(word)] is { } outcome)
            return store.ListAsync(outcome, cancellationToken);
        bool isRunning = Plain(word).Equals(Running, StringComparison.OrdinalIgnoreCase);
        return store.ListAsync(cancellationToken).Where(run => run.Outcome is null && run.Owner is not null == isRunning);
    }

    private static string Plain(string word) => word.Replace(" ", "", StringComparison.Ordinal);
}
