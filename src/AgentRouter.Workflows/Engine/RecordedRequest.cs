using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Workflows.Journal;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Engine;

/// <summary>What a recorded run was started with.</summary>
public sealed record RecordedRequest
{
    /// <summary>Gets the workflow's name.</summary>
    public required string Workflow { get; init; }

    /// <summary>Gets the inputs by name.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> Inputs { get; init; }

    /// <summary>Gets the limits.</summary>
    public required Budget Budget { get; init; }

    /// <summary>Gets the account that the run draws from, or <see langword="null"/> for none.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the folder that workspace tools are confined to.</summary>
    public string? WorkspaceRoot { get; init; }

    /// <summary>Gets what the host kept to start the run again.</summary>
    public required IReadOnlyDictionary<string, string> Source { get; init; }

    /// <summary>Gets how its last process left it; <see langword="null"/> where that was killed, or still works on it.</summary>
    public RunOutcome? Outcome { get; init; }

    /// <summary>Reads what a run was started with, before there is an engine for its workflow.</summary>
    /// <param name="store">Where the run is recorded.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public static async Task<RecordedRequest> ReadAsync(IRunStore store, string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return (await RecordedStart.ReadAsync(store, runId, cancellationToken)).Describe();
    }
}
