using System.Security.Cryptography;
using System.Text;

namespace AgentRouter.Memory.Storage.Sqlite;

/// <summary>Where the files of scopes are: <c>&lt;folder&gt;/user/anna-1f0e….db</c>.</summary>
/// <remarks>The readable part is lower case, for people; the hash of the exact name keeps names apart that disks would take for one. What a file
/// holds is written in the file.</remarks>
internal sealed class ScopeFiles(string folder)
{
    private const string Extension = ".db";

    // with the hash and the endings of SQLite's own files far below the 255 bytes of a file name
    private const int MaxReadable = 80;

    private const int HashBytes = 8;

    /// <summary>Gets the file of a scope.</summary>
    public string PathOf(MemoryScope scope)
    {
        byte[] name = Encoding.UTF8.GetBytes(scope.Name);
        string hash = Convert.ToHexStringLower(SHA256.HashData(name).AsSpan(0, HashBytes));
        return Path.Combine(folder, FolderOf(scope.Kind), $"{Readable(scope.Name)}-{hash}{Extension}");
    }

    /// <summary>Lists the files of all scopes.</summary>
    public IEnumerable<string> List() =>
        from kind in Enum.GetValues<MemoryScopeKind>()
        let place = Path.Combine(folder, FolderOf(kind))
        where Directory.Exists(place)
        from file in Directory.EnumerateFiles(place, "*" + Extension)
        select file;

    /// <summary>Deletes a file and what SQLite keeps beside it.</summary>
    public static void Delete(string file)
    {
        try
        {
            foreach (string ending in (string[])["", "-wal", "-shm", "-journal"])
                File.Delete(file + ending);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"'{file}' cannot be deleted: {error.Message} Allow it, or end the program that has it open, and erase again.", error);
        }
    }

    private static string FolderOf(MemoryScopeKind kind) => kind switch
    {
        MemoryScopeKind.User => "user",
        MemoryScopeKind.Agent => "agent",
        MemoryScopeKind.Workflow => "workflow",
        _ => "project",
    };

    // letters, digits, - and _ stay; no dot, so that no name of a device is left before one
    private static string Readable(string name)
    {
        var readable = new StringBuilder(MaxReadable);
        foreach (byte unit in Encoding.UTF8.GetBytes(name.ToLowerInvariant()))
        {
            string next = char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'_' ? ((char)unit).ToString() : "%" + Convert.ToHexStringLower([unit]);
            if (readable.Length + next.Length > MaxReadable)
                break;
            readable.Append(next);
        }

        return readable.ToString();
    }
}
