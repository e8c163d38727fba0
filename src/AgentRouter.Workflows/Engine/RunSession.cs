using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Memory;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Agreement;
using AgentRouter.Routing.Policies.Cascade;
using AgentRouter.Routing.Tasks;
using AgentRouter.Tools;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Health;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine.Healing;
using AgentRouter.Workflows.Engine.Skills;
using AgentRouter.Workflows.Journal;
using AgentRouter.Workflows.Preferences;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentRouter.Workflows.Engine;

/// <summary>One run from its start to its end: opens the record and the tools, runs the workflow, and ends it whatever happens.</summary>
internal sealed class RunSession
{
    private readonly WorkflowEngineOptions _options;
    private readonly WorkflowDefinition _workflow;
    private readonly RunRequest _request;
    private readonly JsonObject _inputs;
    private WorkflowInstance? _instance;

    public RunSession(
        WorkflowEngineOptions options, WorkflowDefinition workflow, RunRequest request, string runId, JsonObject inputs, BudgetLedger ledger, RunLog? log,
        AgentPreferences preferences, SkillLibraries skills, TimeProvider timeProvider, RunAccount? account)
    {
        _options = options;
        _workflow = workflow;
        _request = request;
        _inputs = inputs;
        RunId = runId;
        Ledger = ledger;
        Log = log;
        Preferences = preferences;
        Account = account;
        TimeProvider = timeProvider;
        Logger = options.LoggerFactory?.CreateLogger<WorkflowEngine>();
        Question = new BudgetQuestion(this);
        Desk = new PersonDesk(this);
        Router = RouterWithAgreement(options.Router);
        Chat = new RunChatClient(Router, Question, ledger.Budget.OnExceeded == OnExceeded.Ask);
        Tools = new ToolBox(options.Tools, workflow.Tools.Graph);
        ToolCalls = new ToolInvoker(this);
        Skills = new RunSkills(this, skills);
        Capabilities = new CapabilityCalls(this, workflow.Tools.Graph is { } graph
            ? new ToolHealer(graph, options.ToolHealth ?? new ToolHealthRegistry(timeProvider: options.TimeProvider), options.Healing, options.ToolMonitors, timeProvider)
            : null);
    }

    public string RunId { get; }

    public string WorkflowName => _workflow.Name;

    public BudgetLedger Ledger { get; }

    /// <summary>Gets what is held in the account that the run draws from; <see langword="null"/> for a run without one, and one that is only done again.</summary>
    public RunAccount? Account { get; }

    /// <summary>Gets the name of the account that the run draws from.</summary>
    public string? AccountName => _request.Account;

    /// <summary>Gets what takes the events, or <see langword="null"/> when nobody listens: then no event is made.</summary>
    public RunLog? Log { get; }

    public ILogger? Logger { get; }

    public ILoggerFactory? LoggerFactory => _options.LoggerFactory;

    public IChatClient Chat { get; }

    /// <summary>Gets the router itself, for calls that are not worth asking a person to raise the budget for.</summary>
    public IChatClient Router { get; }

    /// <summary>Gets the models that the router chooses from.</summary>
    public ModelSet Models => _options.Models;

    public BudgetQuestion Question { get; }

    public PersonDesk Desk { get; }

    public ToolRules ToolRules => _workflow.Tools;

    public ToolBox Tools { get; }

    public ToolInvoker ToolCalls { get; }

    public CapabilityCalls Capabilities { get; }

    public RunSkills Skills { get; }

    /// <summary>Gets the memory of the engine, or <see langword="null"/> for none.</summary>
    public GraphMemory? Memory => _options.Memory;

    /// <summary>Gets the scopes that hold what agents have no room for; they are erased when the run ends, and made again from its record when it goes on.</summary>
    public ConcurrentBag<MemoryScope> Borrowed { get; } = [];

    /// <summary>Gets a value indicating whether nothing may happen that is not recorded.</summary>
    public bool IsReplay => Log?.Replay is { IsStrict: true };

    /// <summary>Gets what was learned about agents; nested workflows learn in the table of the run's own.</summary>
    public AgentPreferences Preferences { get; }

    public PreferencesDefinition PreferenceSettings => _workflow.Router.Preferences;

    public IPersonChannel? Person => _options.Person;

    /// <summary>Gets the run's clock.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Gets the clock that also goes on while recorded work is done again.</summary>
    public TimeProvider RealTime => _options.TimeProvider;

    public bool RecordContent => _options.RecordContent;

    /// <summary>Runs the workflow to its end. Never throws.</summary>
    public async Task<RunResult> ExecuteAsync(CancellationToken cancellationToken)
    {
        using Activity? activity = WorkflowTelemetry.StartWorkflow(_workflow.Name, RunId);
        long began = TimeProvider.GetTimestamp();
        using TaskScope scope = TaskScope.Begin(RunId, Ledger, Log, TimeProvider);
        using var recordFailed = new CancellationTokenSource();
        RunEnding ending;
        try
        {
            ending = await WorkAsync(recordFailed, cancellationToken);
        }
        catch (Exception exception)
        {
            ending = Unexpected(exception);
        }

        // what no node has verified is as good as the run's end; a cancelled or waiting run has shown nothing
        if (ending.Outcome is RunOutcome.Succeeded or RunOutcome.Failed or RunOutcome.BudgetExceeded && Log?.Replay is not ({ IsStrict: true } or { Mismatch: not null }))
            scope.Report(ending.Outcome == RunOutcome.Succeeded);
        await CloseToolsAsync();
        await EraseBorrowedAsync();
        RunEnded ended = new(ending.Outcome, ending.Reason, ending.Answer, Ledger.Snapshot());
        if (Log is not null)
            ended = await Log.CompleteAsync(ended);
        Log?.Dispose();
        SettleAccount();
        WorkflowTelemetry.EndWorkflow(activity, _workflow.Name, ended, TimeProvider.GetElapsedTime(began));
        return new RunResult
        {
            RunId = RunId,
            Outcome = ended.Outcome,
            Reason = ended.Reason,
            Answer = ended.Answer,
            Budget = ended.Budget,
            Outputs = OutputsOf(_instance),
        };
    }

    // a policy may want cheap answers to agree; the samples go through the router, so this stands above it
    private static IChatClient RouterWithAgreement(IChatClient router) =>
        router.GetService<CascadePolicy>()?.Agreement is { } agreement && router.GetService<AgreementChatClient>() is null
            ? new AgreementChatClient(router, agreement)
            : router;

    /// <summary>Tells the user something that does not end the run.</summary>
    public void Warn(string message) => Log?.Emit(new RunWarning(TextLimit.Shorten(message, TextLimit.Event)));

    private async Task<RunEnding> WorkAsync(CancellationTokenSource recordFailed, CancellationToken cancellationToken)
    {
        using CancellationTokenSource? time = Ledger.TimeRemaining() is { } left ? new(Clocks.Timer(left), TimeProvider) : null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, recordFailed.Token, time?.Token ?? CancellationToken.None);
        NodeResult result = await RunAsync(recordFailed, stop.Token);
        if (Log?.Failure is { } lost)
            return new RunEnding(RunOutcome.Failed, RunLog.RecordFailure(lost), null);
        if (Log?.Replay?.Mismatch is { } mismatch)
            return new RunEnding(RunOutcome.Failed, mismatch.Message, null);
        if (result.Status == NodeStatus.Cancelled)
        {
            result = !cancellationToken.IsCancellationRequested && time is { IsCancellationRequested: true }
                ? NodeResult.BudgetExceeded(Grants.TimeIsUp(Ledger))
                : result;
        }

        return result switch
        {
            { Status: NodeStatus.Ended } => new RunEnding(result.Outcome, result.Reason, JsonText.Plain(result.Output)),
            { Status: NodeStatus.Cancelled } => new RunEnding(RunOutcome.Cancelled, "The run was cancelled.", null),
            { Status: NodeStatus.Waiting } => new RunEnding(RunOutcome.Waiting, result.Reason, null),
            // the time was up before anything began: there is nothing to sum up
            { Refusal: not null } when _instance is null => new RunEnding(RunOutcome.BudgetExceeded, result.Reason, null),
            { Refusal: not null } => await new BudgetEnding(this, _instance).EndAsync(result, cancellationToken),
            _ => new RunEnding(RunOutcome.Failed, result.Reason, null),
        };
    }

    private async Task<NodeResult> RunAsync(CancellationTokenSource recordFailed, CancellationToken cancellationToken)
    {
        try
        {
            if (Log is not null)
                await Log.OpenAsync(_options.Store, recordFailed.Cancel, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return NodeResult.Failed(RunLog.RecordFailure(exception));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return NodeResult.Cancelled;
        }

        if (Log is { Replay: null })
        {
            Log.Emit(Started(), Log.KeepsValues ? RunStart.Write(_inputs, Ledger.Budget, _request) : default);
            if (AccountName is not null)
                TellOfAccount(AccountName);
        }

        try
        {
            _instance = new WorkflowInstance(this, _workflow, null);
            await Tools.OpenAsync(Context(), cancellationToken);
            // a process may have ended after the run began and before its tools were open
            if (Log is { KeepsValues: true, Replay: not { HasTools: true } } && Tools.Names is { Count: > 0 } names)
                Log.Emit(new ToolsOpened(names), Tools.Describe());
        }
        catch (NodeFailedException exception)
        {
            return NodeResult.Failed(exception.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return NodeResult.Cancelled;
        }

        return await _instance.RunAsync(_inputs, cancellationToken);
    }

    private ToolContext Context() => new()
    {
        RunId = RunId,
        WorkspaceRoot = _request.WorkspaceRoot ?? WorkspaceInput(),
        TimeProvider = TimeProvider,
        Warn = Warn,
    };

    private string? WorkspaceInput()
    {
        foreach (InputDefinition input in _workflow.Inputs)
        {
            if (input is { Name: "workspace", Type: InputType.Directory })
                return JsonText.Plain(_inputs[input.Name]);
        }

        return null;
    }

    // where the account changes the limits that the user knows
    private void TellOfAccount(string account)
    {
        Budget? own = _request.Budget ?? _workflow.Budget;
        if (own?.Usd is null)
            Warn($"The run has no money limit of its own: it may spend what the account '{account}' has left, {Money.FromUsd(Ledger.Budget.Usd ?? 0)}.");
        else if (own.Mode != BudgetMode.Enforce)
            Warn($"The limits of the run are enforced, because it draws from the account '{account}'.");
    }

    private RunStarted Started()
    {
        var inputs = new Dictionary<string, string>(_inputs.Count);
        foreach ((string name, JsonNode? value) in _inputs)
            inputs[name] = TextLimit.Shorten(JsonText.Plain(value), TextLimit.Event);
        return new RunStarted(_workflow.Name, inputs, _options.PolicyName, Ledger.Snapshot(), [.. _options.Models.Entries.Select(Summarize)]) { Account = AccountName };
    }

    internal static ModelSummary Summarize(ModelEntry entry)
    {
        ModelProfile model = entry.Profile;
        return new ModelSummary(
            model.Name, model.Tier, model.Provider, model.Prices.Input, model.Prices.CachedRead, model.Prices.CacheWrite, model.Prices.Output,
            Scripted: entry.ReceivesStepIdentity);
    }

    // what a store cannot book now it books by itself, from the run's record
    private void SettleAccount()
    {
        try
        {
            Account?.Settle(Ledger.Snapshot().Spent.Usd);
        }
        catch (Exception exception)
        {
            Logger?.LogError(exception, "What run {Run} spent could not be booked in account {Account}", RunId, AccountName);
        }
    }

    private async Task CloseToolsAsync()
    {
        try
        {
            await Tools.DisposeAsync();
        }
        catch (Exception exception)
        {
            Logger?.LogError(exception, "The tools of run {Run} could not be closed", RunId);
            Warn($"The tools could not be closed: {exception.Message}");
        }
    }

    private async Task EraseBorrowedAsync()
    {
        if (IsReplay || Memory is not { } memory)
            return;
        foreach (MemoryScope scope in Borrowed.Concat(await LeftScopesAsync(memory)).Distinct())
        {
            try
            {
                await memory.ForgetAllAsync(scope, CancellationToken.None);
            }
            catch (Exception exception)
            {
                Logger?.LogError(exception, "The scope {Scope} of run {Run} could not be erased", scope, RunId);
                Warn($"What the run remembered of its own steps could not be erased: {exception.Message} Erase it with: agentrouter memory forget --scope {scope} --all");
            }
        }
    }

    // an earlier process of the run may have been killed, and what it used need not be used again; a run that was never gone on with has used nothing else
    private async Task<IReadOnlyList<MemoryScope>> LeftScopesAsync(GraphMemory memory)
    {
        if (Log?.Replay is null)
            return [];
        try
        {
            return [.. (await memory.ListAsync(CancellationToken.None)).Where(scope => RunScopes.RunOf(scope) == RunId)];
        }
        catch (Exception exception)
        {
            Logger?.LogError(exception, "The scopes that an earlier process of run {Run} may have left could not be listed", RunId);
            Warn($"What an earlier process of the run may have remembered of its own steps could not be looked for: {exception.Message} Then look for workflow:run-{RunId}/… in 'agentrouter memory stats', and erase it with 'agentrouter memory forget --all --scope SCOPE'.");
            return [];
        }
    }

    private RunEnding Unexpected(Exception exception)
    {
        Logger?.LogError(exception, "Run {Run} failed unexpectedly", RunId);
        return new RunEnding(RunOutcome.Failed, $"The run failed unexpectedly: {exception.GetType().Name}: {TextLimit.Shorten(exception.Message, TextLimit.Event)}", null);
    }

    private static JsonObject OutputsOf(WorkflowInstance? instance)
    {
        var outputs = new JsonObject();
        if (instance is null)
            return outputs;
        foreach (RunningNode node in instance.Nodes)
        {
            if (node.HasOutput)
                outputs[node.Definition.Name] = node.Output?.DeepClone();
        }

        return outputs;
    }
}

/// <summary>How a run ends.</summary>
internal readonly record struct RunEnding(RunOutcome Outcome, string? Reason, string? Answer);
