using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Routing.Costs;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Tasks;

/// <summary>The task that LLM calls belong to: its ledger, its events, its prompt caches. The only ambient thing in AgentRouter.</summary>
/// <remarks>
/// The scope that is current in the asynchronous flow is the one a <c>StepRoutingChatClient</c> spends from. Branches that
/// run in parallel enter a child scope each, with a ledger that holds their grant. Disposing a scope makes the one before it
/// current again; a scope is disposed in the method that began it.
/// </remarks>
public sealed class TaskScope : IDisposable
{
    private static readonly AsyncLocal<TaskScope?> Ambient = new();

    private TaskScope? _previous;
    private readonly StepCounter _steps;
    private readonly TaskChecks? _outerChecks;
    private StepIdentity? _identity;
    private bool _disposed;

    private TaskScope(string runId, BudgetLedger ledger, IRunEventSink? events, TimeProvider timeProvider)
    {
        RunId = runId;
        Ledger = ledger;
        Events = events;
        Journal = events as ITaskJournal;
        TimeProvider = timeProvider;
        Caches = new PrefixCacheTracker();
        Memory = new TaskMemory();
        _steps = new StepCounter(Journal?.RecordedSteps ?? 0);
        Checks = new TaskChecks();
    }

    private TaskScope(TaskScope task, BudgetLedger? ledger)
    {
        RunId = task.RunId;
        Ledger = ledger ?? task.Ledger;
        Events = task.Events;
        Journal = task.Journal;
        TimeProvider = task.TimeProvider;
        Caches = task.Caches;
        Memory = task.Memory;
        _steps = task._steps;
        // a part with a grant is a branch: what is verified in it says nothing about its siblings
        Checks = ledger is null ? task.Checks : new TaskChecks();
        _outerChecks = ledger is null ? null : task.Checks;
    }

    /// <summary>Gets the scope of this asynchronous flow, or <see langword="null"/> outside any task.</summary>
    public static TaskScope? Current => Ambient.Value;

    /// <summary>Gets the run.</summary>
    public string RunId { get; }

    /// <summary>Gets the ledger that calls spend from.</summary>
    public BudgetLedger Ledger { get; }

    /// <summary>Gets what takes the events, or <see langword="null"/> when nobody listens.</summary>
    public IRunEventSink? Events { get; }

    /// <summary>Gets what each model's provider has cached of this task's prompts.</summary>
    public PrefixCacheTracker Caches { get; }

    /// <summary>Gets what policies remember of the task.</summary>
    public TaskMemory Memory { get; }

    /// <summary>Gets the clock.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Gets or sets what calls are made for now; the last answer may use the reserve.</summary>
    public SpendPurpose Purpose { get; set; }

    /// <summary>Gets the path of the node that runs in this scope, stamped on the router's events; <see langword="null"/> outside a workflow.</summary>
    public string? Node { get; init; }

    /// <summary>Gets the number of LLM and tool steps the task has begun.</summary>
    public int StepCount => _steps.Count;

    /// <summary>Gets the number of LLM calls the task has begun, retries not counted.</summary>
    public int CallCount => _steps.Calls;

    /// <summary>Begins a task and makes it current.</summary>
    /// <param name="runId">The run's id.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="events">What takes the events.</param>
    /// <param name="timeProvider">The clock; the system's when not given.</param>
    public static TaskScope Begin(string runId, BudgetLedger ledger, IRunEventSink? events = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return new TaskScope(runId, ledger, events, timeProvider ?? TimeProvider.System).Enter();
    }

    /// <summary>Begins a part of this task and makes it current: a node, a branch, a nested workflow.</summary>
    /// <param name="node">The path of the node.</param>
    /// <param name="ledger">The part's own ledger, or <see langword="null"/> to go on with this one.</param>
    public TaskScope BeginPart(string? node, BudgetLedger? ledger = null) =>
        new TaskScope(this, ledger) { Node = node ?? Node, Purpose = Purpose }.Enter();

    /// <summary>Gets how often the work of this task, or of this branch of it, was verified and found right.</summary>
    public int ChecksPassed => Checks.Passed;

    /// <summary>Gets how often the work of this task, or of this branch of it, was verified and found wrong.</summary>
    public int ChecksFailed => Checks.Failed;

    /// <summary>Says what a verification of the work so far has shown: tests passed, a checker agreed, a schema fitted. Policies learn
    /// from it what came of the decisions since the last one.</summary>
    /// <param name="passed">Whether the work was found right.</param>
    public void Report(bool passed) => Checks.Report(passed);

    /// <summary>Asks to be told what the next verification of the work so far shows. In a branch that ends unverified it is the next one
    /// of the task around it.</summary>
    /// <param name="learn">Is told once whether the work was found right, on the thread that reports it, and must not throw. It is never
    /// told where nothing is verified any more, or where more than 256 others have asked since.</param>
    public void WhenVerified(Action<bool> learn)
    {
        ArgumentNullException.ThrowIfNull(learn);
        Checks.Expect(learn);
    }

    /// <summary>Counts a step.</summary>
    /// <returns>Its number in the task, from 1.</returns>
    public int NextStep() => _steps.Next();

    /// <summary>Makes a task of a single call that nobody has begun a task for: counted, not limited, never current.</summary>
    internal static TaskScope Detached(string runId, TimeProvider timeProvider) =>
        new(runId, new BudgetLedger(Budget.Unlimited, timeProvider), null, timeProvider);

    internal TaskChecks Checks { get; }

    internal StepIdentity DefaultIdentity => _identity ??= new StepIdentity(RunId, Node: Node);

    /// <summary>Gets the journal that the events go to, or <see langword="null"/> where they are not kept.</summary>
    internal ITaskJournal? Journal { get; }

    internal (int Step, int CallIndex) NextCall() =>
        Journal?.NextCall(Node) is { } recorded ? (recorded.Step, _steps.Repeat(recorded.CallIndex)) : _steps.NextCall();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_outerChecks is not null)
            Checks.HandTo(_outerChecks);
        if (ReferenceEquals(Ambient.Value, this))
            Ambient.Value = _previous;
    }

    private TaskScope Enter()
    {
        _previous = Ambient.Value;
        Ambient.Value = this;
        return this;
    }

    private sealed class StepCounter(int count)
    {
        private int _count = count, _calls;

        public int Calls => Volatile.Read(ref _calls);

        public int Count => Volatile.Read(ref _count);

        public int Next() => Interlocked.Increment(ref _count);

        // a call that is made again counts as a call and not as a new step
        public int Repeat(int callIndex)
        {
            Interlocked.Increment(ref _calls);
            return callIndex;
        }

        public (int Step, int CallIndex) NextCall() => (Next(), Interlocked.Increment(ref _calls) - 1);
    }
}
