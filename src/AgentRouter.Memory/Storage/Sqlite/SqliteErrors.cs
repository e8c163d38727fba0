using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AgentRouter.Memory.Storage.Sqlite;

/// <summary>Says what SQLite's error codes mean for a memory, and what to do.</summary>
internal static class SqliteErrors
{
    /// <summary>Makes the exception that a caller sees.</summary>
    /// <param name="error">What SQLite says.</param>
    /// <param name="file">The scope's file.</param>
    public static Exception Translate(SqliteException error, string file) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new IOException($"'{file}' cannot grow: the disk is full. Make room and repeat it; what was written before is whole.", error),
        raw.SQLITE_READONLY => new IOException($"'{file}' is read-only. Allow writing to it and to its folder, or choose another folder for memories.", error),
        raw.SQLITE_CANTOPEN => new IOException($"'{file}' cannot be opened or made. Check that its folder exists and may be read and written, or choose another folder for memories.", error),
        raw.SQLITE_PERM or raw.SQLITE_AUTH => new IOException($"'{file}' may not be used by this user. Check the permissions, or choose another folder for memories.", error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new IOException($"'{file}' is locked by another process that does not let go. End that process, or try again.", error),
        raw.SQLITE_NOTADB => new InvalidDataException($"'{file}' is not a memory. Move it away, or choose another folder for memories.", error),
        raw.SQLITE_CORRUPT => new InvalidDataException($"'{file}' is damaged: {error.Message} Copy the file, then restore it from a backup or move it away and ingest its sources again.", error),
        _ => new IOException($"'{file}' cannot be used: {error.Message} Check the disk.", error),
    };
}
