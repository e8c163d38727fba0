using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Sqlite;

namespace AgentRouter.Workflows.Runs.Sqlite.Records;

/// <summary>The runs: one row each, kept up as events are added.</summary>
internal static class RunTable
{
    private const string StateColumns = "workflow, began, outcome, reason, spent, budget, calls";

    /// <summary>Gets a run's number, or <see langword="null"/> when there is no such run.</summary>
    public static long? Find(SqliteStatements db, string runId) => db.Number("SELECT id FROM runs WHERE name = ?1", runId);

    public static long Add(SqliteStatements db, string runId, DateTimeOffset now) =>
        db.Number("INSERT INTO runs(name, updated) VALUES(?1, ?2) RETURNING id", runId, SqliteRow.FromTime(now))!.Value;

    public static RunState Read(SqliteStatements db, long run) => db.First($"SELECT {StateColumns} FROM runs WHERE id = ?1", static row => ReadState(row, 0), run)!;

    public static void Update(SqliteStatements db, long run, RunState state, DateTimeOffset updated) => db.Execute(
        "UPDATE runs SET workflow = ?2, began = ?3, outcome = ?4, reason = ?5, spent = ?6, budget = ?7, calls = ?8, updated = ?9 WHERE id = ?1",
        run, state.Workflow, state.Began is { } began ? SqliteRow.FromTime(began) : default(long?), NameOf(state.Outcome), state.Reason, state.Spent.Picodollars, state.Budget?.Picodollars, state.Calls, SqliteRow.FromTime(updated));

    /// <summary>Notes only that something happened in the run.</summary>
    public static void Touch(SqliteStatements db, long run, DateTimeOffset updated) =>
        db.Execute("UPDATE runs SET updated = ?2 WHERE id = ?1", run, SqliteRow.FromTime(updated));

    /// <summary>Lists runs, the latest first.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="before">The number of the run before which to go on.</param>
    /// <param name="outcome">Only runs that ended so, or <see langword="null"/> for all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="now">The time, which tells living claims from dead ones.</param>
    public static List<(long Run, RunSummary Summary)> List(SqliteStatements db, long before, RunOutcome? outcome, int most, long now) => outcome is { } wanted
        ? db.Query(ListOf("runs.outcome = ?4 AND"), ReadSummary, now, before, (long)most, NameOf(wanted))
        : db.Query(ListOf(""), ReadSummary, now, before, (long)most);

    public static RunSummary? Summary(SqliteStatements db, string runId, long now) =>
        db.First(SummaryOf + " WHERE runs.name = ?2", ReadSummary, now, runId).Summary;

    public static string? NameOf(RunOutcome? outcome) => outcome switch
    {
        null => null,
        RunOutcome.Succeeded => "succeeded",
        RunOutcome.Failed => "failed",
        RunOutcome.BudgetExceeded => "budgetExceeded",
        RunOutcome.Cancelled => "cancelled",
        _ => "waiting",
    };

    private const string SummaryOf = $"""
        SELECT {StateColumns}, runs.id, name, updated, node, question, owner, process FROM runs
        LEFT JOIN questions ON questions.run = runs.id
            AND questions.sequence = (SELECT min(sequence) FROM questions WHERE run = runs.id)
        LEFT JOIN leases ON leases.run = runs.id AND leases.until > ?1
        """;

    private static string ListOf(string condition) => $"{SummaryOf} WHERE {condition} runs.id < ?2 ORDER BY runs.id DESC LIMIT ?3";

    private static RunState ReadState(SqliteRow row, int at) => new()
    {
        Workflow = row.TextOrNull(at),
        Began = row.NumberOrNull(at + 1) is { } began ? SqliteRow.ToTime(began) : null,
        Outcome = OutcomeOf(row.TextOrNull(at + 2)),
        Reason = row.TextOrNull(at + 3),
        Spent = Money.FromPicodollars(row.Number(at + 4)),
        Budget = row.NumberOrNull(at + 5) is { } budget ? Money.FromPicodollars(budget) : null,
        Calls = row.Number(at + 6),
    };

    private static (long Run, RunSummary Summary) ReadSummary(SqliteRow row)
    {
        RunState state = ReadState(row, 0);
        return (row.Number(7), new RunSummary(row.Text(8), state.Workflow, state.Began, state.Outcome, state.Spent, state.Budget, state.Calls)
        {
            Reason = state.Reason,
            Updated = row.Time(9),
            WaitsAt = row.TextOrNull(10) is { Length: > 0 } node ? node : null,
            Question = row.TextOrNull(11),
            Owner = row.TextOrNull(12) is { } owner && !OwnerProcess.HasEnded(row.Text(13)) ? owner : null,
        });
    }

    private static RunOutcome? OutcomeOf(string? name) => name switch
    {
        null => null,
        "succeeded" => RunOutcome.Succeeded,
        "failed" => RunOutcome.Failed,
        "budgetExceeded" => RunOutcome.BudgetExceeded,
        "cancelled" => RunOutcome.Cancelled,
        "waiting" => RunOutcome.Waiting,
        _ => throw new InvalidDataException($"'{TextLimit.Shorten(name, 40)}' is not an outcome of a run. 'agentrouter runs check' tells all that is wrong."),
    };
}
