using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Identity;
using AgentRouter.Tools.Health;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine.Skills;
using AgentRouter.Workflows.Journal;
using AgentRouter.Workflows.Preferences;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite.Accounts;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Engine;

/// <summary>Runs workflows. Thread-safe: any number of runs may go on at once; each has its own state, ledger, record and tools.</summary>
/// <remarks>A run is deterministic given the clock, the ids, the answers of models, tools and people, and what its route nodes have learned. So
/// a run whose process ended goes on by doing its work again, with the answers that its journal has.</remarks>
public sealed class WorkflowEngine
{
    private readonly WorkflowEngineOptions _options;
    private readonly IIdGenerator _ids;
    private readonly PreferenceTables _preferences;
    private readonly SkillLibraries _skills;

    /// <summary>Makes an engine.</summary>
    /// <param name="options">What it works with; not changed afterwards.</param>
    public WorkflowEngine(WorkflowEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        // what one run learns about a tool, the others know
        options.ToolHealth ??= new ToolHealthRegistry(timeProvider: options.TimeProvider);
        _ids = options.IdGenerator ?? new TimeOrderedIdGenerator(options.TimeProvider);
        _preferences = new PreferenceTables(options.TimeProvider);
        _skills = new SkillLibraries(options);
    }

    /// <summary>Starts a run and returns at once.</summary>
    /// <param name="workflow">The workflow; valid.</param>
    /// <param name="request">The inputs, the budget, the id.</param>
    /// <param name="cancellationToken">Cancels the run: the call in flight is broken off and booked, and the run ends cancelled.</param>
    /// <returns>The run.</returns>
    /// <exception cref="Configuration.ConfigurationException">An input is missing, unknown or of the wrong type, or the
    /// file of its agents' preferences is corrupt.</exception>
    /// <exception cref="ArgumentException">The run's id or a limit of the budget is not valid.</exception>
    /// <exception cref="AccountExceededException">The account that the run draws from has less left than the run may spend.</exception>
    /// <exception cref="IOException">The account cannot be drawn from: its store cannot be used.</exception>
    public WorkflowRun Start(WorkflowDefinition workflow, RunRequest? request = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        request ??= new RunRequest();
        JsonObject inputs = RunInputs.Bind(workflow, request.Inputs);
        string runId = RunIds.Check(request.RunId ?? _ids.NewId());
        if (request is { Account: not null, Ledger: not null })
            throw new ArgumentException("A run draws from an account or from a ledger, not from both.", nameof(request));
        AgentPreferences preferences = _preferences.Open(workflow.Router.Preferences.File);
        Budget budget = (request.Budget ?? workflow.Budget ?? Budget.Unlimited).Validate();
        // the last that can fail, so that nothing stays held for a run that does not begin
        RunAccount? account = null;
        if (request.Account is { } name)
            (account, budget) = RunAccount.Begin(_options, name, runId, budget);
        BudgetLedger ledger = request.Ledger ?? new BudgetLedger(budget, _options.TimeProvider);
        RunLog? log = request.StreamEvents || _options.Store.KeepsEvents
            ? new RunLog(runId, _options.TimeProvider, request.StreamEvents)
            : null;
        return Begin(new RunSession(_options, workflow, request, runId, inputs, ledger, log, preferences, _skills, _options.TimeProvider, account), cancellationToken);
    }

    /// <summary>Does a task that is no workflow and asks models, such as learning from a memory: under a budget, recorded beside the runs of workflows, so that its spending is counted with theirs.
    /// It does not go on by <see cref="ResumeAsync"/>.</summary>
    /// <param name="name">What it is called where runs are listed.</param>
    /// <param name="request">The inputs, for the record; the budget, the account, the id.</param>
    /// <param name="work">The work. It asks the client it is given, which spends from the task's budget, and says how it ended; what it throws ends the task as failed.</param>
    /// <param name="cancellationToken">Cancels the task.</param>
    /// <returns>How it ended, and what it spent.</returns>
    /// <exception cref="ArgumentException">The id or a limit of the budget is not valid.</exception>
    /// <exception cref="AccountExceededException">The account that the task draws from has less left than it may spend.</exception>
    /// <exception cref="Configuration.ConfigurationException">There is no such account.</exception>
    public Task<RunResult> RunTaskAsync(string name, RunRequest request, Func<IChatClient, CancellationToken, Task<TaskEnd>> work, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(work);
        string runId = RunIds.Check(request.RunId ?? _ids.NewId());
        Budget budget = (request.Budget ?? Budget.Unlimited).Validate();
        RunAccount? account = null;
        if (request.Account is { } drawn)
            (account, budget) = RunAccount.Begin(_options, drawn, runId, budget);
        return new TaskSession(_options, name, request, runId, request.Ledger ?? new BudgetLedger(budget, _options.TimeProvider), account).ExecuteAsync(work, cancellationToken);
    }

    /// <summary>Goes on with a run whose process ended: one that was killed, was cancelled, or waits for a person. Calls that were answered are
    /// answered from its journal and not paid again.</summary>
    /// <param name="workflow">The workflow, as it was when the run began.</param>
    /// <param name="runId">The run.</param>
    /// <param name="streamEvents">Whether the new events can be read.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The run. Where its journal does not fit the workflow any more, it ends failed, says where, and its record is left as it was.</returns>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    /// <exception cref="RunInUseException">Another process works on the run.</exception>
    /// <exception cref="RunEndedException">The run has ended: it did not stop in the middle.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    /// <exception cref="AccountExceededException">The account that the run draws from has less left than the run may still spend.</exception>
    /// <exception cref="Configuration.ConfigurationException">The account that the run draws from is not there any more.</exception>
    public async Task<WorkflowRun> ResumeAsync(WorkflowDefinition workflow, string runId, bool streamEvents = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        IRunRecord record = await _options.Store.OpenAsync(runId, cancellationToken);
        try
        {
            RecordedStart recorded = await RecordedStart.ReadAsync(_options.Store, runId, cancellationToken);
            if (recorded.End is { } end)
                throw new RunEndedException(runId, end);
            var clock = new RunClock(_options.TimeProvider, recorded.Events[0].Time);
            var log = new RunLog(runId, clock, streamEvents, replay: new RunReplay(new RecordedRun(recorded.Events), clock));
            log.Use(_options.Store, record);
            JsonObject inputs = RunInputs.Bind(workflow, recorded.Inputs);
            AgentPreferences preferences = _preferences.Open(workflow.Router.Preferences.File);
            RunAccount? account = recorded.Start.Account is { } name ? RunAccount.GoOn(_options, name, runId, recorded) : null;
            var ledger = new BudgetLedger(recorded.Start.Budget, clock);
            return Begin(new RunSession(_options, workflow, recorded.Request(streamEvents), runId, inputs, ledger, log, preferences, _skills, clock, account), cancellationToken);
        }
        catch
        {
            await record.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does a recorded run again, without models and tools, and compares. Nothing is recorded, spent or learned.</summary>
    /// <param name="workflow">The workflow, as it was when the run began.</param>
    /// <param name="runId">The run.</param>
    /// <param name="observer">Is told of every decision, what the engine's router decides now and what is recorded, and then the recorded one is
    /// followed; <see langword="null"/> to compare the decisions.</param>
    /// <param name="cancellationToken">Cancels the replay.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public async Task<ReplayResult> ReplayAsync(WorkflowDefinition workflow, string runId, Action<ReplayedDecision>? observer = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        RecordedStart recorded = await RecordedStart.ReadAsync(_options.Store, runId, cancellationToken);
        var clock = new RunClock(_options.TimeProvider, recorded.Events[0].Time);
        var replay = new RunReplay(new RecordedRun(recorded.Events), clock, isStrict: true)
        {
            Decided = observer is null ? null : (now, then) => observer(new ReplayedDecision(then, now)),
        };
        var log = new RunLog(runId, clock, stream: false, replay: replay);
        log.Use(_options.Store, null);
        WorkflowEngineOptions options = _options.With(await recorded.ToolsAsync(_options.Store, cancellationToken));
        AgentPreferences preferences = _preferences.Open(workflow.Router.Preferences.File);
        var session = new RunSession(
            options, workflow, recorded.Request(streamEvents: false), runId, RunInputs.Bind(workflow, recorded.Inputs), new BudgetLedger(recorded.Start.Budget, clock), log, preferences, _skills, clock, account: null);
        RunResult result = await Begin(session, cancellationToken).Completion;
        cancellationToken.ThrowIfCancellationRequested();
        return new ReplayResult
        {
            RunId = runId,
            Events = recorded.Events.Count,
            Decisions = replay.Decisions,
            Mismatch = replay.Mismatch ?? Unfinished(replay, recorded),
            Result = result,
        };
    }

    /// <summary>Makes a new run of the beginning of another one, which is not changed. <see cref="ResumeAsync"/> goes on with it; what is shared is not
    /// paid again, and counts in the new run's budget as it did in the old one's.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="request">Up to where, and what is changed.</param>
    /// <param name="cancellationToken">Cancels the copying.</param>
    /// <returns>The new run's id.</returns>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    /// <exception cref="Configuration.ConfigurationException">The point, an input or a node is not in the run.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public Task<string> ForkAsync(string runId, ForkRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RunForks.CreateAsync(_options.Store, runId, request with { RunId = request.RunId ?? _ids.NewId() }, _options.TimeProvider, cancellationToken);
    }

    /// <summary>Reads what a recorded run was started with.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public Task<RecordedRequest> FindAsync(string runId, CancellationToken cancellationToken = default) =>
        RecordedRequest.ReadAsync(_options.Store, runId, cancellationToken);

    private static JournalMismatchException? Unfinished(RunReplay replay, RecordedStart recorded) => replay.Next is { } missing
        ? new JournalMismatchException(missing.Sequence, $"Event {missing.Sequence} is recorded and does not come any more: '{RunEventKinds.NameOf(missing)}'{(missing.Node is null ? "" : $" at node '{missing.Node}'")}. {(recorded.End is null ? "The run had not ended." : "The workflow, its agents, its tools or the models have changed since.")}")
        : null;

    private static WorkflowRun Begin(RunSession session, CancellationToken cancellationToken) =>
        new(session.RunId, session.Log, Task.Run(() => session.ExecuteAsync(cancellationToken), CancellationToken.None));
}
