using AgentRouter.Configuration;

namespace AgentRouter.Workflows.Runs.Sqlite;

/// <summary>How a <see cref="SqliteRunStore"/> keeps runs.</summary>
public sealed class SqliteRunStoreOptions
{
    /// <summary>Gets or sets the folder of the store; made when the first run begins. Needed for every durability but
    /// <see cref="RunDurability.Memory"/>.</summary>
    public string? Folder { get; set; }

    /// <summary>Gets or sets what an append that has returned survives. The default is <see cref="RunDurability.Async"/>.</summary>
    public RunDurability Durability { get; set; }

    /// <summary>Gets or sets how long a process that is heard of no more keeps its runs, from 1 second to 1 day. The default is 30 seconds. An open
    /// record renews its claim three times in this time. Clocks of machines that share a store should differ by less.</summary>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets how long to wait for another process that writes.</summary>
    internal TimeSpan BusyTime { get; set; } = TimeSpan.FromSeconds(5);

    internal SqliteRunStoreOptions Validate()
    {
        ArgumentNullException.ThrowIfNull(TimeProvider);
        if (!Enum.IsDefined(Durability))
            throw new ArgumentOutOfRangeException(nameof(Durability), Durability, "Durability is Async, Sync or Memory.");
        if (string.IsNullOrWhiteSpace(Folder) && Durability != RunDurability.Memory)
            throw new ArgumentException("A store on the disk needs a Folder.", nameof(Folder));
        if (LeaseTime < TimeSpan.FromSeconds(1) || LeaseTime > TimeSpan.FromDays(1))
            throw new ArgumentOutOfRangeException(nameof(LeaseTime), LeaseTime, "LeaseTime is between 1 second and 1 day.");
        return new SqliteRunStoreOptions
        {
            Folder = Folder is null ? null : Path.GetFullPath(Folder),
            Durability = Durability,
            LeaseTime = LeaseTime,
            TimeProvider = TimeProvider,
            BusyTime = BusyTime,
        };
    }
}
