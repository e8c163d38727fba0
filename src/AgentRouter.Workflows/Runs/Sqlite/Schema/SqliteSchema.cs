using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Sqlite;

namespace AgentRouter.Workflows.Runs.Sqlite.Schema;

/// <summary>The version of a store's tables, and the way from each version to the next.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks the file as a store of runs: <c>ARUN</c> in its header.</summary>
    public const int ApplicationId = 0x4152_554E;

    // in order; a released one is never changed
    private static readonly string[] Migrations = [FirstVersion.Script];

    /// <summary>Gets the version that this build reads and writes.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Brings the tables up to date.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="mayWrite">Whether the file can be brought up to date.</param>
    /// <exception cref="ConfigurationException">A newer version has written the file.</exception>
    /// <exception cref="InvalidDataException">The file belongs to another program.</exception>
    public static void Check(SqliteStatements db, string file, bool mayWrite)
    {
        if (VersionOf(db, file) == Version)
            return;
        if (!mayWrite)
            throw new ConfigurationException($"'{file}' was written by an older version and cannot be brought up to date where it is read-only. Copy it to a folder that can be written.");
        db.Execute("BEGIN IMMEDIATE");
        try
        {
            // another process may have been faster
            for (int version = VersionOf(db, file); version < Version; version++)
                db.Script(Migrations[version]);
            db.Script(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};"));
            db.Execute("COMMIT");
        }
        catch
        {
            if (db.IsInTransaction)
                db.Execute("ROLLBACK");
            throw;
        }
    }

    private static int VersionOf(SqliteStatements db, string file)
    {
        var marks = SqliteMarks.Of(db);
        if (!marks.MayBelongTo(ApplicationId))
            throw new InvalidDataException($"'{file}' is a database of another program. Move it away, or choose another folder for the store.");
        if (marks.Version > Version)
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"'{file}' has version {marks.Version}; this program knows version {Version}. Update this program, or choose another folder for the store. The file was not changed."));
        return marks.Version;
    }
}
