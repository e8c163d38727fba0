using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using AgentRouter.Events;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using AgentRouter.Workflows.Journal;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Engine;

/// <summary>Stamps the events of one run, records them in order, then hands them to the reader; the journal that calls are recalled from
/// where the run goes on. Thread-safe.</summary>
/// <remarks>Emitting never waits: events queue for the record, which takes them in batches. Whoever must know that they are kept
/// (<see cref="CommitAsync"/>) writes all of them at once; what nobody waits for is written a moment later, so that it goes with what comes
/// next. The engine waits between nodes when the record falls behind (<see cref="CatchUpAsync"/>), so the queue stays short.</remarks>
internal sealed class RunLog : ITaskJournal, IDisposable
{
    /// <summary>How many events wait for a reader at most.</summary>
    public const int MaxUnread = 100_000;

    private const int MaxBehind = 1_024;
    private const int MaxBatch = 256;

    // so many events are a batch worth writing
    private const int Many = 128;

    // what nobody waits for waits so long for company: shorter than people notice, longer than most steps without a call take
    private static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(10);

    private readonly string _runId;
    private readonly TimeProvider _timeProvider;
    private readonly RunReplay? _replay;
    private readonly Channel<RunEvent>? _stream;
    private readonly ConcurrentDictionary<string, int> _lastCalls = new();
    private readonly Lock _lock = new();
    private readonly Channel<RunRecordEntry> _queue = Channel.CreateUnbounded<RunRecordEntry>();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _hurry = new(0);
    private readonly List<RunRecordEntry> _batch = new(MaxBatch);
    private readonly List<RunEvent> _left = [];
    private IRunRecord? _record;
    private IRunStore? _store;
    private Task _recorder = Task.CompletedTask;
    private TaskCompletionSource? _caughtUp;
    private Action? _onFailure;
    private long _sequence;
    private long _kept;
    private long _unreadDropped;
    private int _behind;
    private bool _isRead;
    private volatile bool _isLive;

    public RunLog(string runId, TimeProvider timeProvider, bool stream, int maxUnread = MaxUnread, RunReplay? replay = null)
    {
        _runId = runId;
        _timeProvider = timeProvider;
        _replay = replay;
        _sequence = _kept = replay?.LastSequence ?? 0;
        if (!stream)
            return;
        var options = new BoundedChannelOptions(maxUnread) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        _stream = Channel.CreateBounded<RunEvent>(options, _ => Interlocked.Increment(ref _unreadDropped));
    }

    public bool IsStreamed => _stream is not null;

    /// <inheritdoc/>
    public bool KeepsValues => _record is not null || _replay is not null;

    /// <summary>Gets why the record could not be kept, or <see langword="null"/>.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Gets what leads a run that is done again, or <see langword="null"/> in a new one.</summary>
    public RunReplay? Replay => _replay;

    /// <summary>Gets a value indicating whether the engine should wait for the record.</summary>
    public bool IsBehind => Volatile.Read(ref _behind) > MaxBehind;

    /// <inheritdoc/>
    public bool IsReplaying => _replay?.IsReplaying == true;

    /// <inheritdoc/>
    public int RecordedSteps => _replay?.Steps ?? 0;

    /// <summary>Opens the record of a new run; from now on events are recorded before they are read.</summary>
    public async ValueTask OpenAsync(IRunStore store, Action onFailure, CancellationToken cancellationToken)
    {
        if (_replay is not null)
        {
            _replay.Stop = onFailure;
            _onFailure = onFailure;
            if (_record is not null)
                _recorder = Task.Run(RecordAsync, CancellationToken.None);
            return;
        }

        if (!store.KeepsEvents)
            return;
        Use(store, await store.CreateAsync(_runId, cancellationToken));
        _onFailure = onFailure;
        _recorder = Task.Run(RecordAsync, CancellationToken.None);
    }

    /// <summary>Takes the record of a run that goes on.</summary>
    public void Use(IRunStore store, IRunRecord? record)
    {
        _store = store;
        _record = record;
    }

    /// <inheritdoc/>
    public void Emit(RunEvent runEvent) => Emit(runEvent, default);

    /// <inheritdoc/>
    public void Emit(RunEvent runEvent, ReadOnlyMemory<byte> value)
    {
        if (runEvent is StepRouted { Step: { } step } routed)
            _lastCalls[routed.Node ?? ""] = step;
        if (_replay is not null)
        {
            if (_replay.Take(runEvent))
                return;
            if (IsOnlyLeft(runEvent))
                return;
        }

        Append(runEvent, value);
    }

    // That a run waits as before is no news: it is kept back until something new happens.
    private bool IsOnlyLeft(RunEvent runEvent)
    {
        RunEvent[] left;
        lock (_lock)
        {
            if (_isLive)
                return false;
            if (runEvent is NodeFailed { IsLeft: true } or GrantReturned)
            {
                _left.Add(runEvent);
                return true;
            }

            _isLive = true;
            left = [new RunResumed(_replay!.LastSequence), .. _left];
        }

        foreach (RunEvent before in left)
            Append(before, default);
        return false;
    }

    private void Append(RunEvent runEvent, ReadOnlyMemory<byte> value)
    {
        if (_record is not null && value.Length > 0)
            runEvent = runEvent with { Value = ValueHash.Of(value.Span) };
        lock (_lock)
        {
            RunEvent stamped = Stamp(runEvent);
            if (_record is null)
            {
                _stream?.Writer.TryWrite(stamped);
                return;
            }

            if (Interlocked.Increment(ref _behind) % Many == 0)
                _hurry.Release();
            _queue.Writer.TryWrite(new RunRecordEntry(stamped, value));
        }
    }

    /// <inheritdoc/>
    public (int Step, int CallIndex)? NextCall(string? node) => _replay?.TakeCall(node);

    /// <inheritdoc/>
    public ValueTask TurnAsync(string? node, int step, CancellationToken cancellationToken) =>
        _replay is null ? default : _replay.TurnAsync(node, step, cancellationToken);

    /// <inheritdoc/>
    public RouteDecision Confirm(RouteDecision decision, string? node, int step)
    {
        if (_replay is null || _replay.Peek(node, step) is not StepRouted recorded)
            return decision;
        _replay.Decided?.Invoke(decision, recorded);
        if (decision.Chosen.Model.Profile.Name == recorded.Model || (_replay.IsStrict && _replay.Decided is null))
            return decision;
        foreach (Candidate candidate in decision.Candidates)
        {
            if (candidate.Model.Profile.Name == recorded.Model)
                return decision with { Chosen = candidate.Gate is null ? candidate : candidate.WithoutGate(), Reason = recorded.Reason, GivesUp = false };
        }

        return decision;
    }

    /// <inheritdoc/>
    public async ValueTask<RecordedAttempt?> RecallAsync(string? node, int step, CancellationToken cancellationToken)
    {
        if (_replay?.Rest(node, step) is not { } rest)
            return null;
        if (rest.Count > 0)
            await _replay.TurnAsync(node, step, cancellationToken);
        if (_replay.IsOver)
            throw new OperationCanceledException("The run cannot be done again any further.", cancellationToken);
        try
        {
            return await RecordedCalls.ReadAsync(_replay, _store!, rest, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception, rest, cancellationToken);
        }
    }

    /// <summary>Finds the number of the last LLM call of a node, or <see langword="null"/> for none.</summary>
    public int? LastCallOf(string node) => _lastCalls.TryGetValue(node, out int step) ? step : null;

    /// <summary>Finds the number that a tool call of a node had, or <see langword="null"/> for one that is not recorded.</summary>
    public int? NextTool(string? node, string? callId) => _replay?.TakeTool(node, callId);

    /// <summary>Recalls what came of the tool call that was just noted.</summary>
    /// <returns>What came of it; <see langword="null"/> for a call that is not recorded.</returns>
    public async ValueTask<RecordedToolCall?> RecallToolAsync(string? node, int step, CancellationToken cancellationToken)
    {
        if (_replay?.Rest(node, step) is not { } rest)
            return null;
        if (rest.Count > 0)
            await _replay.TurnAsync(node, step, cancellationToken);
        if (_replay.IsOver)
            throw new OperationCanceledException("The run cannot be done again any further.", cancellationToken);
        try
        {
            return await RecordedToolCall.ReadAsync(_replay, _store!, rest, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception, rest, cancellationToken);
        }
    }

    /// <summary>Reads the value beside an event that was recorded.</summary>
    /// <exception cref="OperationCanceledException">The record is damaged: the run cannot be done again any further.</exception>
    public async ValueTask<T> RecallAsync<T>(RunEvent recorded, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            if (recorded.Value is null)
                throw new InvalidDataException($"Event {recorded.Sequence} of run '{recorded.RunId}' has no value beside it: the record is damaged.");
            ReadOnlyMemory<byte> value = await _store!.ReadValueAsync(recorded.Value, cancellationToken);
            return JsonSerializer.Deserialize<T>(value.Span) ?? throw new JsonException("There is no value.");
        }
        catch (JsonException exception)
        {
            throw Damaged(new InvalidDataException($"The value beside event {recorded.Sequence} of run '{recorded.RunId}' cannot be read: {exception.Message}", exception), [recorded], cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception, [recorded], cancellationToken);
        }
    }

    /// <summary>Waits for a node's turn to end, where its end is recorded.</summary>
    public ValueTask EndTurnAsync(string node, CancellationToken cancellationToken) => _replay is null ? default : _replay.TurnAsync(node, null, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        if (_record is null)
            return;
        long upTo = Volatile.Read(ref _sequence);
        while (Volatile.Read(ref _kept) < upTo && Failure is null)
        {
            await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await WriteAsync().ConfigureAwait(false);
            }
            finally
            {
                _writing.Release();
            }
        }

        if (Failure is { } failure)
            throw new IOException(RecordFailure(failure), failure);
    }

    /// <summary>Waits until the record has caught up.</summary>
    public Task CatchUpAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!IsBehind)
                return Task.CompletedTask;
            TaskCompletionSource caughtUp = _caughtUp ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // either the recorder sees that somebody waits, or it is seen here that nobody has to
            Interlocked.MemoryBarrier();
            if (!IsBehind)
                Release();
            return caughtUp.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Records the last event and closes the record.</summary>
    /// <param name="ended">The last event.</param>
    /// <returns>The last event as it was published: a run whose record failed has failed.</returns>
    public async Task<RunEnded> CompleteAsync(RunEnded ended)
    {
        _queue.Writer.TryComplete();
        _hurry.Release();
        await _recorder;
        lock (_lock)
            ended = (RunEnded)Stamp(Failure is null ? ended : Failed(ended));
        try
        {
            await CloseAsync(ended);
        }
        catch (Exception exception)
        {
            Failure ??= exception;
            ended = Failed(ended);
        }

        _stream?.Writer.TryWrite(ended);
        _stream?.Writer.TryComplete();
        return ended;
    }

    public async IAsyncEnumerable<RunEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Channel<RunEvent> unread;
        lock (_lock)
        {
            if (_isRead)
                throw new InvalidOperationException("The events of this run are read already; read the record in the store instead.");
            _isRead = true;
            unread = _stream!;
        }

        await foreach (RunEvent next in unread.Reader.ReadAllAsync(cancellationToken))
        {
            if (Interlocked.Exchange(ref _unreadDropped, 0) is > 0 and var dropped)
                yield return Missing(next, dropped);
            yield return next;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writing.Dispose();
        _hurry.Dispose();
    }

    private OperationCanceledException Damaged(InvalidDataException exception, IReadOnlyList<RunEvent> rest, CancellationToken cancellationToken)
    {
        _replay!.Fail(new JournalMismatchException(rest.Count > 0 ? rest[0].Sequence : _replay.LastSequence, exception.Message));
        return new OperationCanceledException(exception.Message, exception, cancellationToken);
    }

    private async Task CloseAsync(RunEnded ended)
    {
        if (_record is null)
            return;
        // disposed whether the last event could be written or not
        await using IRunRecord record = _record;
        // a run that could not be done again as it is recorded, or in which nothing new has happened, stays as it was
        if (_replay is null || (_replay.Mismatch is null && (_isLive || ended.Outcome is not (RunOutcome.Waiting or RunOutcome.Cancelled))))
            await record.AppendAsync([new RunRecordEntry(ended)], CancellationToken.None);
    }

    private RunEvent Stamp(RunEvent runEvent) =>
        runEvent with { Sequence = ++_sequence, Time = _timeProvider.GetUtcNow(), RunId = _runId };

    private async Task RecordAsync()
    {
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await _hurry.WaitAsync(Lull, CancellationToken.None).ConfigureAwait(false);
            await _writing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                await WriteAsync().ConfigureAwait(false);
            }
            finally
            {
                _writing.Release();
            }
        }
    }

    // Only while _writing is held.
    private async ValueTask WriteAsync()
    {
        _batch.Clear();
        while (_batch.Count < MaxBatch && _queue.Reader.TryRead(out RunRecordEntry next))
            _batch.Add(next);
        if (_batch.Count == 0)
            return;
        try
        {
            if (Failure is null)
                await _record!.AppendAsync(_batch, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Failure = exception;
            _onFailure?.Invoke();
        }

        foreach (RunRecordEntry entry in _batch)
            _stream?.Writer.TryWrite(entry.Event);
        Volatile.Write(ref _kept, _batch[^1].Event.Sequence);
        if (Interlocked.Add(ref _behind, -_batch.Count) <= MaxBehind / 2 && Volatile.Read(ref _caughtUp) is not null)
            Release();
    }

    private void Release()
    {
        lock (_lock)
        {
            _caughtUp?.TrySetResult();
            _caughtUp = null;
        }
    }

    private RunEnded Failed(RunEnded ended) => ended with
    {
        Outcome = RunOutcome.Failed,
        Reason = RecordFailure(Failure!),
    };

    public static string RecordFailure(Exception exception) =>
        $"The record of the run could not be written: {exception.Message} Free space or choose another folder for runs, then start again.";

    private static RunWarning Missing(RunEvent next, long dropped) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{dropped:N0} events before this one were not read in time and were left out here; the record of the run has them."))
        {
            RunId = next.RunId,
            Sequence = next.Sequence - 1,
            Time = next.Time,
        };
}
