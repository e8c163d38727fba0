using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Testing;

/// <summary>A run that has ended: its result and all its events.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Events">The events in order, from <see cref="RunStarted"/> to <see cref="RunEnded"/>.</param>
public sealed record TestRun(RunResult Result, IReadOnlyList<RunEvent> Events) : IRecordedEvents
{
    /// <summary>Gets how it ended.</summary>
    public RunOutcome Outcome => Result.Outcome;

    /// <summary>Gets why, for people.</summary>
    public string? Reason => Result.Reason;

    /// <summary>Gets the last text.</summary>
    public string? Answer => Result.Answer;

    /// <summary>Gets what it spent, in USD.</summary>
    public decimal SpentUsd => Result.Budget.Spent.Usd.ToUsd();

    /// <summary>Gets the last output of a node.</summary>
    /// <param name="node">The node's name.</param>
    /// <returns>The output, or <see langword="null"/> when the node has none.</returns>
    public JsonNode? OutputOf(string node) => Result.Outputs[node];
}
