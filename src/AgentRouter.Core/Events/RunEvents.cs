using AgentRouter.Budgets;

namespace AgentRouter.Events;

/// <summary>The run began.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Inputs">The inputs by name, as text.</param>
/// <param name="Policy">The router's policy.</param>
/// <param name="Budget">The budget at the start.</param>
/// <param name="Models">The models, from the least to the most capable.</param>
public sealed record RunStarted(
    string Workflow, IReadOnlyDictionary<string, string> Inputs, string Policy, BudgetSnapshot Budget, IReadOnlyList<ModelSummary> Models) : RunEvent
{
    /// <summary>Gets the account that the run draws from, or <see langword="null"/> for none.</summary>
    public string? Account { get; init; }
}

/// <summary>A model as the record of a run knows it, with its prices in USD per million tokens.</summary>
/// <param name="Name">The model.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Input">Price of fresh prompt tokens.</param>
/// <param name="CachedRead">Price of prompt tokens read from the cache.</param>
/// <param name="CacheWrite">Price of prompt tokens written to the cache.</param>
/// <param name="Output">Price of produced tokens.</param>
/// <param name="Scripted">Whether the answers come from a script and not from a model.</param>
public sealed record ModelSummary(
    string Name, string Tier, string Provider, decimal Input, decimal CachedRead, decimal CacheWrite, decimal Output, bool Scripted);

/// <summary>The run ended, or stopped to wait for a person. Always the last event of a process's work on a run.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why, for people; for a failure, what to do.</param>
/// <param name="Answer">The last text: the end node's output, or the wrap-up answer.</param>
/// <param name="Budget">The budget at the end.</param>
public sealed record RunEnded(RunOutcome Outcome, string? Reason, string? Answer, BudgetSnapshot Budget) : RunEvent;

/// <summary>A process goes on with the run where another one left it.</summary>
/// <param name="After">The number of the last event before.</param>
public sealed record RunResumed(long After) : RunEvent;

/// <summary>The run began as a copy of another one up to a point.</summary>
/// <param name="From">The run it is a copy of.</param>
/// <param name="At">The number of the last event that was copied.</param>
/// <param name="Set">What was changed: inputs (<c>inputs.issue</c>) and outputs of nodes, as JSON text.</param>
public sealed record RunForked(string From, long At, IReadOnlyDictionary<string, string> Set) : RunEvent
{
    /// <summary>Gets the folder that workspace tools are confined to in the new run; <see langword="null"/> for the one of the run it is a copy of.</summary>
    public string? WorkspaceRoot { get; init; }
}

/// <summary>The tools that the run has open.</summary>
/// <param name="Names">Their full names; <see cref="RunEvent.Value"/> has their descriptions.</param>
public sealed record ToolsOpened(IReadOnlyList<string> Names) : RunEvent;

/// <summary>Something the user should know that does not end the run.</summary>
/// <param name="Message">What happened and what to do.</param>
public sealed record RunWarning(string Message) : RunEvent;
