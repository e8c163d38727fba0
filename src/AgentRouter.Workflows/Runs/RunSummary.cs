using AgentRouter.Events;
using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Runs;

/// <summary>A run in a list of runs.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Workflow">The workflow's name, or <see langword="null"/> when the record does not tell.</param>
/// <param name="Started">When it began, or <see langword="null"/> when the record does not tell.</param>
/// <param name="Outcome">How it ended; <see langword="null"/> while it runs, or when its process ended before it did.</param>
/// <param name="Spent">What it has cost.</param>
/// <param name="BudgetUsd">Its money budget, if it has one.</param>
/// <param name="Calls">Its LLM calls.</param>
public sealed record RunSummary(
    string RunId, string? Workflow, DateTimeOffset? Started, RunOutcome? Outcome, Money Spent, Money? BudgetUsd, long Calls)
{
    /// <summary>Gets why it ended so, where it was told.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets when something was last recorded, where the store knows.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Gets the node whose question has no answer yet, the first of them; <see langword="null"/> too when the run itself asks.</summary>
    public string? WaitsAt { get; init; }

    /// <summary>Gets the question that has no answer yet, the first of them, or <see langword="null"/> for none.</summary>
    public string? Question { get; init; }

    /// <summary>Gets who works on it now, machine and process, or <see langword="null"/> for nobody.</summary>
    public string? Owner { get; init; }
}
