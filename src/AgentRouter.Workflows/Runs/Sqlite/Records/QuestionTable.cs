using System.Text.Json;
using AgentRouter.Events;
using AgentRouter.Sqlite;

namespace AgentRouter.Workflows.Runs.Sqlite.Records;

/// <summary>The questions that runs wait for an answer to: one a node at most.</summary>
internal static class QuestionTable
{
    public static void Ask(SqliteStatements db, long run, PersonAsked asked) => db.Execute(
        "INSERT OR REPLACE INTO questions(run, node, sequence, question, choices, fallback) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
        run, asked.Node ?? "", asked.Sequence, asked.Question, JsonSerializer.Serialize(asked.Choices), asked.Default);

    public static void Answer(SqliteStatements db, long run, PersonAnswered answered) =>
        db.Execute("DELETE FROM questions WHERE run = ?1 AND node = ?2", run, answered.Node ?? "");

    /// <summary>Forgets the questions of a run that ended: nobody waits for their answers any more.</summary>
    public static void Close(SqliteStatements db, long run) => db.Execute("DELETE FROM questions WHERE run = ?1", run);

    public static List<RunQuestion> Of(SqliteStatements db, long run) =>
        db.Query("SELECT node, question, choices, fallback FROM questions WHERE run = ?1 ORDER BY sequence", Read, run);

    private static RunQuestion Read(SqliteRow row) =>
        new(row.Text(0) is { Length: > 0 } node ? node : null, row.Text(1), Choices(row.Text(2)), row.TextOrNull(3));

    private static string[] Choices(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(json) ?? [];
        }
        catch (JsonException)
        {
            throw new InvalidDataException("The choices of a question are damaged in the store. 'agentrouter runs check' tells all that is wrong.");
        }
    }
}
