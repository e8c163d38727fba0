namespace AgentRouter.Configuration;

/// <summary>Where and how runs are recorded.</summary>
public sealed record RunStoreSettings
{
    /// <summary>Gets the folder of the store, or <see langword="null"/> for the one in the user's data folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Gets what a record survives. The default is <see cref="RunDurability.Async"/>.</summary>
    public RunDurability Durability { get; init; }
}
