using System.Text.Json.Nodes;
using AgentRouter.Budgets;

namespace AgentRouter.Workflows.Engine;

/// <summary>What a run is started with.</summary>
public sealed record RunRequest
{
    /// <summary>Gets the inputs by name; those that are not given take their defaults.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Inputs { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>Gets the limits; the workflow's own when not given, and none when it has none.</summary>
    public Budget? Budget { get; init; }

    /// <summary>Gets the ledger that the run spends from, such as a grant of the task that starts it; it takes the place of
    /// <see cref="Budget"/>. Whoever opened it closes it, after the run. A grant cannot be
    /// raised, so its budget does not end with <see cref="OnExceeded.Ask"/>. <see langword="null"/> opens one of the run's own.</summary>
    public BudgetLedger? Ledger { get; init; }

    /// <summary>Gets the name of the account that the run draws from, or <see langword="null"/> for none. What the run may spend is held there before it
    /// begins; a run without a money limit may spend what the account has left. Under an account every limit of the budget is enforced, whatever
    /// its mode. Kept with the run, which draws again when it goes on. Not together with <see cref="Ledger"/>.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the run's id; a new one when not given.</summary>
    public string? RunId { get; init; }

    /// <summary>Gets the folder that workspace tools are confined to; an input <c>workspace</c> of type directory when not given.</summary>
    public string? WorkspaceRoot { get; init; }

    /// <summary>Gets what the host needs to start the run again in another process, such as the workflow's file; kept with the run and
    /// handed back by <see cref="WorkflowEngine.FindAsync"/>. No secrets belong here.</summary>
    public IReadOnlyDictionary<string, string> Source { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets a value indicating whether the events can be read with <see cref="WorkflowRun.ReadEventsAsync"/>. Where
    /// nobody reads and the store keeps nothing, no event is made at all. The default is <see langword="true"/>.</summary>
    public bool StreamEvents { get; init; } = true;
}
