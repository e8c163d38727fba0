using System.Globalization;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Sqlite;

namespace AgentRouter.Workflows.Runs.Sqlite.Records;

/// <summary>What was spent: one row for each booking.</summary>
internal static class SpendTable
{
    public static void Add(SqliteStatements db, long run, string? workflow, string? agent, BudgetSettled settled) => db.Execute(
        "INSERT INTO spend(event, day, workflow, node, agent, model, usd, tokens, calls) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        EventKey.Of(run, settled.Sequence), DayOf(settled.Time), workflow, settled.Node, agent, settled.Model,
        settled.Booked.Usd.Picodollars, settled.Booked.Tokens, settled.Booked.Calls);

    /// <summary>Sums up, the days in their order and everything else with the largest first.</summary>
    public static List<SpendRow> Sum(SqliteStatements db, SpendBy by, DateOnly? from, DateOnly? to)
    {
        string column = by switch
        {
            SpendBy.Day => "day",
            SpendBy.Workflow => "workflow",
            SpendBy.Node => "node",
            SpendBy.Agent => "agent",
            SpendBy.Model => "model",
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, "There is no such column."),
        };
        string order = by == SpendBy.Day ? "1" : "2 DESC, 1";
        return db.Query(
            $"SELECT {column}, sum(usd), sum(tokens), sum(calls) FROM spend WHERE day >= ?1 AND day <= ?2 GROUP BY 1 ORDER BY {order}",
            static row => new SpendRow(row.TextOrNull(0), Money.FromPicodollars(row.Number(1)), row.Number(2), row.Number(3)),
            DayOf(from ?? DateOnly.MinValue), DayOf(to ?? DateOnly.MaxValue));
    }

    /// <summary>Gets the day of a time, in UTC, as it is written in the table.</summary>
    public static string DayOf(DateTimeOffset time) => DayOf(DateOnly.FromDateTime(time.UtcDateTime));

    public static string DayOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
