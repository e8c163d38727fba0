namespace AgentRouter.Cli.Commands.Replay;

/// <summary>What is replayed.</summary>
internal sealed record ReplayOptions
{
    /// <summary>Gets what the user called the run.</summary>
    public required string Run { get; init; }

    /// <summary>Gets the policy to look at: a name, or a file; <see langword="null"/> to compare with the record.</summary>
    public string? Policy { get; init; }

    public string? Store { get; init; }

    public bool IsJson { get; init; }
}
