using AgentRouter.Memory;

namespace AgentRouter.Cli.Commands.Memory.Learn;

/// <summary>What <c>agentrouter memory learn</c> was told.</summary>
internal sealed record LearnOptions
{
    public required MemoryScope Scope { get; init; }

    public IReadOnlyList<string> Sources { get; init; } = [];

    public decimal? BudgetUsd { get; init; }

    public string? Account { get; init; }

    public string? Policy { get; init; }

    public bool IsDry { get; init; }

    public bool IsJson { get; init; }

    public string? Store { get; init; }

    public string? RunsFolder { get; init; }

    public string? Configuration { get; init; }
}
