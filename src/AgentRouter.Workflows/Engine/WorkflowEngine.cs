using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Identity;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Preferences;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Engine;

/// <summary>Runs workflows. Thread-safe: any number of runs may go on at once; each has its own state, ledger, record and tools.</summary>
/// <remarks>A run is deterministic given the clock, the ids, the answers of models, tools and people, and what its route nodes have learned.</remarks>
public sealed class WorkflowEngine
{
    private readonly WorkflowEngineOptions _options;
    private readonly IIdGenerator _ids;
    private readonly PreferenceTables _preferences;

    /// <summary>Makes an engine.</summary>
    /// <param name="options">What it works with; not changed afterwards.</param>
    public WorkflowEngine(WorkflowEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _ids = options.IdGenerator ?? new TimeOrderedIdGenerator(options.TimeProvider);
        _preferences = new PreferenceTables(options.TimeProvider);
    }

    /// <summary>Starts a run and returns at once.</summary>
    /// <param name="workflow">The workflow; valid.</param>
    /// <param name="request">The inputs, the budget, the id.</param>
    /// <param name="cancellationToken">Cancels the run: the call in flight is broken off and booked, and the run ends cancelled.</param>
    /// <returns>The run.</returns>
    /// <exception cref="Configuration.ConfigurationException">An input is missing, unknown or of the wrong type, or the
    /// file of its agents' preferences is corrupt.</exception>
    /// <exception cref="ArgumentException">The run's id or a limit of the budget is not valid.</exception>
    public WorkflowRun Start(WorkflowDefinition workflow, RunRequest? request = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        request ??= new RunRequest();
        JsonObject inputs = RunInputs.Bind(workflow, request.Inputs);
        string runId = RunIds.Check(request.RunId ?? _ids.NewId());
        AgentPreferences preferences = _preferences.Open(workflow.Router.Preferences.File);
        BudgetLedger ledger = request.Ledger ?? new BudgetLedger(request.Budget ?? workflow.Budget ?? Budget.Unlimited, _options.TimeProvider);
        RunLog? log = request.StreamEvents || _options.Store.KeepsEvents
            ? new RunLog(runId, _options.TimeProvider, request.StreamEvents)
            : null;
        var session = new RunSession(_options, workflow, request, runId, inputs, ledger, log, preferences);
        return new WorkflowRun(runId, log, Task.Run(() => session.ExecuteAsync(cancellationToken), CancellationToken.None));
    }
}
