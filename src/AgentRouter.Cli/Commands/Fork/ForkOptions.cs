using AgentRouter.Configuration;

namespace AgentRouter.Cli.Commands.Fork;

/// <summary>Where a run is forked, and what is changed.</summary>
internal sealed record ForkOptions
{
    /// <summary>Gets what the user called the run.</summary>
    public required string Run { get; init; }

    /// <summary>Gets the number of the last event that is shared.</summary>
    public required long At { get; init; }

    /// <summary>Gets what is changed, one <c>NAME=VALUE</c> each.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Gets a value indicating whether the new run is only made.</summary>
    public bool IsMadeOnly { get; init; }

    public string? Store { get; init; }

    public RunDurability? Durability { get; init; }

    public bool IsJson { get; init; }

    public bool IsVerbose { get; init; }
}
