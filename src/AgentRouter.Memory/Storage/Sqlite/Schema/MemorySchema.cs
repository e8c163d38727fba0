using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Schema;

/// <summary>The version of a memory's tables, and the way from each version to the next.</summary>
internal static class MemorySchema
{
    /// <summary>Marks the file as a memory: <c>AMEM</c> in its header.</summary>
    public const int ApplicationId = 0x414D_454D;

    // in order; a released one is never changed
    private static readonly string[] Migrations = [FirstVersion.Script, SecondVersion.Script, ThirdVersion.Script];

    /// <summary>Gets the version that this build reads and writes.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Brings the tables up to date; of a file without any makes those of a scope.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="mayWrite">Whether the file can be brought up to date.</param>
    /// <exception cref="ConfigurationException">A newer version has written the file.</exception>
    /// <exception cref="InvalidDataException">The file belongs to another program, or to another scope.</exception>
    public static void Check(SqliteStatements db, string file, MemoryScope scope, bool mayWrite)
    {
        if (VersionOf(db, file) != Version)
            Migrate(db, file, scope, mayWrite);
        string? name = NameOf(db);
        if (name != scope.ToString())
            throw new InvalidDataException($"'{file}' holds the memory of '{name}', not of '{scope}'. Move it back to where it was.");
    }

    /// <summary>Gets the version of a file, 0 for one without tables.</summary>
    /// <exception cref="ConfigurationException">A newer version has written the file.</exception>
    /// <exception cref="InvalidDataException">The file belongs to another program.</exception>
    public static int VersionOf(SqliteStatements db, string file)
    {
        var marks = SqliteMarks.Of(db);
        if (!marks.MayBelongTo(ApplicationId))
            throw new InvalidDataException($"'{file}' is a database of another program. Move it away, or choose another folder for memories.");
        if (marks.Version > Version)
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"'{file}' has version {marks.Version}; this program knows version {Version}. Update this program, or choose another folder for memories. The file was not changed."));
        return marks.Version;
    }

    /// <summary>Gets the name of the scope that a file holds.</summary>
    public static string? NameOf(SqliteStatements db) => db.First("SELECT name FROM scope", static row => row.Text(0));

    private static void Migrate(SqliteStatements db, string file, MemoryScope scope, bool mayWrite)
    {
        if (!mayWrite)
            throw new ConfigurationException($"'{file}' was written by an older version and cannot be brought up to date where it is read-only. Copy it to a folder that can be written.");
        db.Execute("BEGIN IMMEDIATE");
        try
        {
            // another process may have been faster
            int version = VersionOf(db, file);
            for (int next = version; next < Version; next++)
                db.Script(Migrations[next]);
            if (version == 0)
                db.Execute("INSERT INTO scope(id, name) VALUES(1, ?1)", scope.ToString());
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
}
