namespace AgentRouter.Memory.Storage.Sqlite;

/// <summary>How a <see cref="SqliteMemoryStore"/> keeps what scopes remember.</summary>
public sealed class SqliteMemoryStoreOptions
{
    /// <summary>Gets or sets the folder of the store; made when the first scope is.</summary>
    public string? Folder { get; set; }

    /// <summary>Gets or sets how long to wait for another process that writes.</summary>
    internal TimeSpan BusyTime { get; set; } = TimeSpan.FromSeconds(10);

    internal SqliteMemoryStoreOptions Validate()
    {
        if (string.IsNullOrWhiteSpace(Folder))
            throw new ArgumentException("A store of memories needs a Folder.", nameof(Folder));
        return new SqliteMemoryStoreOptions { Folder = Path.GetFullPath(Folder), BusyTime = BusyTime };
    }
}
