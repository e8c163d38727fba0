using System.Text.Json.Serialization;
using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Systems;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;
using AgentRouter.Events;

namespace AgentRouter.Cli.Commands.Tools.Bench.Measuring;

/// <summary>What a system made of a scenario.</summary>
/// <param name="System">The system.</param>
/// <param name="Run">Its own account.</param>
/// <param name="Verdict">What the oracle says.</param>
/// <param name="IsSilent">Whether its claim hides a failure.</param>
/// <param name="Calls">The calls of services.</param>
/// <param name="Log">What the services noted.</param>
internal sealed record SystemReport(
    string System, [property: JsonIgnore] SystemRun Run, Verdict Verdict, bool IsSilent, IReadOnlyList<ServiceCall> Calls, IReadOnlyList<LogEntry> Log)
{
    /// <summary>Gets how it ended.</summary>
    public SystemOutcome Outcome { get; init; }

    /// <summary>Gets what the system says of its end.</summary>
    public Claim Claim => Run.Claim;

    /// <summary>Gets the same in words.</summary>
    public string Answer => Run.Answer;

    /// <inheritdoc cref="SystemRun.LlmCalls"/>
    public int LlmCalls => Run.LlmCalls;

    /// <summary>Gets how many calls of services were made, failed ones too.</summary>
    public int ToolCalls => Calls.Count;

    /// <inheritdoc cref="SystemRun.Reroutes"/>
    public int Reroutes => Run.Reroutes;

    /// <inheritdoc cref="SystemRun.Demotions"/>
    public int Demotions => Run.Demotions;

    /// <inheritdoc cref="SystemRun.Escalations"/>
    public int Escalations => Run.Escalations;

    /// <inheritdoc cref="SystemRun.Events"/>
    [JsonConverter(typeof(UnrecordedEvents))]
    public IReadOnlyList<RunEvent> Events => Run.Events;
}
