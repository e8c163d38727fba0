using System.Globalization;
using AgentRouter.Events;
using AgentRouter.Steps;

namespace AgentRouter.Workflows.Journal;

/// <summary>Leads a run through what is recorded of it: takes the events that happen again, keeps those that ran at the same time in their
/// order, and notices when something else happens. Thread-safe.</summary>
internal sealed class RunReplay
{
    // work that is done again takes moments; what takes longer will not happen
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(250);

    private const string Advice = "The workflow, its agents, its tools or the models have changed since; bring them back, or start a new run.";

    private readonly RecordedRun _recorded;
    private readonly RunClock _clock;
    private readonly Lock _lock = new();
    private TaskCompletionSource _progress = NewProgress();

    /// <param name="recorded">What is recorded.</param>
    /// <param name="clock">The clock of the run.</param>
    /// <param name="isStrict">Whether every event must be as it is recorded, and nothing may happen that is not.</param>
    public RunReplay(RecordedRun recorded, RunClock clock, bool isStrict = false)
    {
        _recorded = recorded;
        _clock = clock;
        IsStrict = isStrict;
    }

    public bool IsStrict { get; }

    /// <summary>Gets the number of the last event of the journal.</summary>
    public long LastSequence => _recorded.LastSequence;

    public int Steps => _recorded.Steps;

    /// <inheritdoc cref="RecordedRun.HasTools"/>
    public bool HasTools => _recorded.HasTools;

    /// <inheritdoc cref="RecordedRun.ForkedAt"/>
    public DateTimeOffset? ForkedAt => _recorded.ForkedAt;

    /// <summary>Gets a value indicating whether there is recorded work to do again.</summary>
    public bool IsReplaying
    {
        get
        {
            lock (_lock)
                return _recorded.Next is not null;
        }
    }

    /// <summary>Gets what happened otherwise than it is recorded, or <see langword="null"/>.</summary>
    public JournalMismatchException? Mismatch { get; private set; }

    /// <summary>Gets a value indicating whether a strict replay has come to the end of the journal of a run that had not ended.</summary>
    public bool HasReachedEnd { get; private set; }

    /// <summary>Gets a value indicating whether the run cannot go on: nothing more happens again.</summary>
    public bool IsOver => Mismatch is not null || HasReachedEnd;

    /// <summary>Gets or sets what ends the run when it cannot go on.</summary>
    public Action? Stop { get; set; }

    /// <summary>Gets the first event that has not happened again and that others wait for, or <see langword="null"/>.</summary>
    public RunEvent? Next
    {
        get
        {
            lock (_lock)
                return _recorded.Next?.Event;
        }
    }

    /// <summary>Gets the number of decisions that were made again.</summary>
    public int Decisions { get; private set; }

    /// <summary>Gets or sets who is told of each decision in a replay: what is decided now and what is recorded.</summary>
    public Action<RouteDecision, StepRouted>? Decided { get; set; }

    /// <summary>Takes an event that happens.</summary>
    /// <returns>Whether it is recorded already.</returns>
    public bool Take(RunEvent now)
    {
        // not a part of the work: said again where it is not known whether it was said
        if (now is RunWarning)
            return IsStrict;
        TaskCompletionSource? moved = null;
        bool stop = false;
        lock (_lock)
        {
            if (IsOver)
                return true;
            RecordedEvent? next = _recorded.Peek(now.Node, now.Step);
            if (next is null)
            {
                if (now is GrantReturned)
                    return false;
                stop = IsStrict;
                if (stop)
                    EndOrMismatch(now);
                else
                    _recorded.GoLive(now.Node, now.Step);
            }
            else if (Differs(now, next.Event) is { } difference)
            {
                Mismatch = new JournalMismatchException(next.Event.Sequence, difference);
                stop = true;
            }
            else
            {
                _recorded.Take(now.Node, now.Step);
                Decisions += now is StepRouted ? 1 : 0;
                _clock.Advance(next.Elapsed, next.Event.Time);
                (moved, _progress) = (_progress, NewProgress());
            }

            if (next is null && !stop)
                _clock.GoLive();
        }

        moved?.TrySetResult();
        if (stop)
            Stop?.Invoke();
        return moved is not null || stop;
    }

    /// <summary>Notices a visit of another node than the one that is recorded next.</summary>
    /// <param name="workflow">The path of the node that nests the workflow, or "" for the run's own.</param>
    /// <param name="node">The path of the node that is visited now.</param>
    public void Enter(string workflow, string node)
    {
        lock (_lock)
        {
            if (Mismatch is not null || _recorded.NextVisit(workflow)?.Event is not { } recorded || recorded.Node == node)
                return;
            Mismatch = new JournalMismatchException(recorded.Sequence, At(recorded, $"{Describe(recorded)} is recorded, but now node '{node}' comes. {Advice}"));
        }

        Stop?.Invoke();
    }

    public (int Step, int CallIndex)? TakeCall(string? node)
    {
        lock (_lock)
            return _recorded.TakeCall(node);
    }

    /// <summary>Looks at the next LLM call of a node that is recorded and has not been made again.</summary>
    public StepRouted? NextCall(string? node)
    {
        lock (_lock)
            return _recorded.NextCall(node);
    }

    public int? TakeTool(string? node, string? callId)
    {
        lock (_lock)
            return _recorded.TakeTool(node, callId);
    }

    public bool HasTool(string? node, string callId)
    {
        lock (_lock)
            return _recorded.HasTool(node, callId);
    }

    /// <summary>Looks at what is recorded next.</summary>
    public RunEvent? Peek(string? node, int? step)
    {
        lock (_lock)
            return _recorded.Peek(node, step)?.Event;
    }

    /// <summary>Gets the output that a fork gives the visit of a node that ends now, as JSON; <see langword="null"/> where it keeps its own.</summary>
    public string? OutputOf(string node)
    {
        lock (_lock)
            return _recorded.Peek(node, null)?.Output;
    }

    /// <summary>Looks at what is recorded of a step after the event that has just happened again.</summary>
    /// <returns>The rest; <see langword="null"/> when that event was not recorded.</returns>
    public IReadOnlyList<RunEvent>? Rest(string? node, int? step)
    {
        lock (_lock)
            return _recorded.WasRecorded(node, step) ? [.. _recorded.Rest(node, step).Select(each => each.Event)] : null;
    }

    /// <summary>Waits until everything has happened again that is recorded before the next event of a step, and moves the clock there.</summary>
    public async ValueTask TurnAsync(string? node, int? step, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task progress;
            lock (_lock)
            {
                if (_recorded.Next is not { } awaited || _recorded.Peek(node, step) is not { } own || Mismatch is not null)
                    return;
                if (awaited.Event.Sequence >= own.Event.Sequence)
                {
                    _clock.Advance(own.Elapsed, own.Event.Time);
                    return;
                }

                progress = _progress.Task;
            }

            try
            {
                await progress.WaitAsync(Patience, TimeProvider.System, cancellationToken);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }

    /// <summary>Lets a recorded cancellation come about: by a timer that is due, or by what others do meanwhile.</summary>
    /// <returns>When the token is cancelled, or when it is plain that it will not be.</returns>
    public async ValueTask ComeToCancellationAsync(RunEvent recorded, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_recorded.Rest(recorded.Node, recorded.Step).FirstOrDefault(each => ReferenceEquals(each.Event, recorded)) is { } at)
                _clock.Advance(at.Elapsed, recorded.Time);
        }

        _clock.FireDue();
        try
        {
            await Task.Delay(LastMoment, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // it has come about
        }
    }

    /// <summary>Ends a run whose journal cannot be read on.</summary>
    public void Fail(JournalMismatchException damage)
    {
        lock (_lock)
            Mismatch ??= damage;
        Stop?.Invoke();
    }

    private string? Differs(RunEvent now, RunEvent recorded)
    {
        if (EventComparer.IsSame(now, recorded))
        {
            // where another router is looked at, its reasons are its own
            return IsStrict && Decided is null && now is StepRouted && EventComparer.Difference(now, recorded) is { } difference
                ? At(recorded, $"a decision differs in {difference}. The policy, its file or the models have changed since, or the policy learns across runs.")
                : null;
        }

        return At(recorded, $"{Describe(recorded)} is recorded, but now {Describe(now)} comes. {Advice}");
    }

    private void EndOrMismatch(RunEvent now)
    {
        if (_recorded.Next is null)
            HasReachedEnd = true;
        else
            Mismatch = new JournalMismatchException(_recorded.LastSequence + 1, At(now, $"{Describe(now)} comes, which is not recorded. The workflow, its agents, its tools or the models have changed since."));
    }

    private static string At(RunEvent at, string what) => string.Create(CultureInfo.InvariantCulture,
        $"Event {(at.Sequence > 0 ? at.Sequence : "after the last")}{(at.Node is null ? "" : $" at node '{at.Node}'")}: {what}");

    private static string Describe(RunEvent of) => of switch
    {
        NodeStarted node => $"visit {node.Visit} of node '{node.Node}'",
        EdgeTaken edge => $"the way to '{edge.To}'",
        StepRouted routed => $"the choice of {routed.Model}",
        CallSent sent => $"attempt {sent.Attempt} with {sent.Model}",
        BudgetReserved reserved => $"a reservation for {reserved.Model}",
        BudgetSettled settled => $"a booking of {settled.Booked.Usd} for {settled.Model}",
        ToolCalled tool => $"a call of {tool.Tool}",
        AgentRouted agent => $"the choice of {string.Join(", ", agent.Chosen)}",
        SkillsFound skills => $"a model's choice of {skills.Skills.Count} skills",
        SkillsOffered skills => $"the offer of {(skills.Skills.Count == 0 ? "no skill" : string.Join(", ", skills.Skills.Select(skill => skill.Name)))}",
        MemorySearched memory => $"a search that finds {(memory.Found == 1 ? "a note" : $"{memory.Found} notes")}",
        TaskEmbedded embedded => embedded.Problem is null ? $"the vectors of {(embedded.Texts == 1 ? "a text" : $"{embedded.Texts} texts")}" : "a task without vectors",
        MemoryRecalled memory => $"the recall of {(memory.Notes.Count == 1 ? "a note" : $"{memory.Notes.Count} notes")}",
        FactsAsked facts => $"the question for facts in {facts.Source} of {facts.Scope}",
        MemoryRemembered memory => $"the writing of {memory.Source} into {memory.Scope}",
        ContextCompacted context => $"the leaving out of {(context.Rounds == 1 ? "a round" : $"{context.Rounds} rounds")} by {context.Strategy}",
        SkillOpened skill => $"the opening of {skill.Name}",
        _ => $"'{RunEventKinds.NameOf(of)}'",
    };

    private static TaskCompletionSource NewProgress() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
