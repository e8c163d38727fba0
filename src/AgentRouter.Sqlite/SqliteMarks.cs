namespace AgentRouter.Sqlite;

/// <summary>What a database says of itself, read in one statement: between two, another process may make its tables.</summary>
/// <param name="Application">The number of the program that made it, 0 for none.</param>
/// <param name="Version">The version of its tables, 0 for none.</param>
/// <param name="IsEmpty">Whether it has no tables.</param>
internal readonly record struct SqliteMarks(int Application, int Version, bool IsEmpty)
{
    /// <summary>Reads the marks of a database.</summary>
    public static SqliteMarks Of(SqliteStatements db) => db.First(
        "SELECT a.application_id, v.user_version, NOT EXISTS (SELECT 1 FROM sqlite_schema) FROM pragma_application_id a, pragma_user_version v",
        static row => new SqliteMarks((int)row.Number(0), (int)row.Number(1), row.Number(2) != 0));

    /// <summary>Tells whether a program may take the database as its own: it made it, or nobody did.</summary>
    /// <param name="application">The program's number.</param>
    public bool MayBelongTo(int application) => Application == application || (Application == 0 && Version == 0 && IsEmpty);
}
