using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Events;

namespace AgentRouter.Cli.Commands.Tools.Bench.Systems;

/// <summary>What a system did with a scenario, by its own account.</summary>
/// <param name="Claim">What it says of its end.</param>
/// <param name="Answer">The same in words.</param>
internal sealed record SystemRun(Claim Claim, string Answer)
{
    /// <summary>Gets how often a language model was asked.</summary>
    public int LlmCalls { get; init; }

    /// <summary>Gets how often the work went on after a failure: over a stand-in, with another try, or without a branch.</summary>
    public int Reroutes { get; init; }

    /// <summary>Gets how often a lesser goal was taken.</summary>
    public int Demotions { get; init; }

    /// <summary>Gets how often somebody had to decide because no path was left or a rule stopped the work.</summary>
    public int Escalations { get; init; }

    /// <summary>Gets the events, where the system has any.</summary>
    public IReadOnlyList<RunEvent> Events { get; init; } = [];
}
