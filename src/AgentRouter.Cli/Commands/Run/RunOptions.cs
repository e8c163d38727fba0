using AgentRouter.Configuration;

namespace AgentRouter.Cli.Commands.Run;

/// <summary>What <c>agentrouter run</c> was told.</summary>
internal sealed record RunOptions
{
    public required string File { get; init; }

    public IReadOnlyList<string> Inputs { get; init; } = [];

    public decimal? BudgetUsd { get; init; }

    public string? Account { get; init; }

    public string? Policy { get; init; }

    public bool IsOffline { get; init; }

    public bool IsJson { get; init; }

    public bool IsInPlace { get; init; }

    public string? RunsFolder { get; init; }

    public RunDurability? Durability { get; init; }

    public string? Configuration { get; init; }

    public bool IsVerbose { get; init; }
}
