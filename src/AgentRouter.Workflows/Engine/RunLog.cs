using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Engine;

/// <summary>Stamps the events of one run, records them in order, then hands them to the reader. Thread-safe.</summary>
/// <remarks>Emitting never waits: events queue for the record, which is written by one task. The engine waits between nodes
/// when the record falls behind (<see cref="CatchUpAsync"/>), so the queue stays short.</remarks>
internal sealed class RunLog : IRunEventSink
{
    /// <summary>How many events wait for a reader at most.</summary>
    public const int MaxUnread = 100_000;

    private const int MaxBehind = 1_024;

    private readonly string _runId;
    private readonly TimeProvider _timeProvider;
    private readonly Channel<RunEvent>? _stream;
    private readonly Lock _lock = new();
    private readonly Channel<RunEvent> _queue = Channel.CreateUnbounded<RunEvent>(new UnboundedChannelOptions { SingleReader = true });
    private IRunRecord? _record;
    private Task _recorder = Task.CompletedTask;
    private TaskCompletionSource? _caughtUp;
    private Action? _onFailure;
    private long _sequence;
    private long _unreadDropped;
    private int _behind;
    private bool _isRead;

    public RunLog(string runId, TimeProvider timeProvider, bool stream, int maxUnread = MaxUnread)
    {
        _runId = runId;
        _timeProvider = timeProvider;
        if (!stream)
            return;
        var options = new BoundedChannelOptions(maxUnread) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        _stream = Channel.CreateBounded<RunEvent>(options, _ => Interlocked.Increment(ref _unreadDropped));
    }

    public bool IsStreamed => _stream is not null;

    /// <summary>Gets why the record could not be kept, or <see langword="null"/>.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Gets a value indicating whether the engine should wait for the record.</summary>
    public bool IsBehind => Volatile.Read(ref _behind) > MaxBehind;

    /// <summary>Opens the record; from now on events are recorded before they are read.</summary>
    public async ValueTask OpenAsync(IRunStore store, Action onFailure, CancellationToken cancellationToken)
    {
        if (!store.KeepsEvents)
            return;
        _onFailure = onFailure;
        _record = await store.CreateAsync(_runId, cancellationToken);
        _recorder = Task.Run(() => RecordAsync(_record), CancellationToken.None);
    }

    public void Emit(RunEvent runEvent)
    {
        lock (_lock)
        {
            RunEvent stamped = Stamp(runEvent);
            if (_record is null)
            {
                _stream?.Writer.TryWrite(stamped);
                return;
            }

            Interlocked.Increment(ref _behind);
            _queue.Writer.TryWrite(stamped);
        }
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

    private async Task CloseAsync(RunEnded ended)
    {
        if (_record is null)
            return;
        // disposed whether the last event could be written or not
        await using IRunRecord record = _record;
        await record.AppendAsync(ended, CancellationToken.None);
    }

    private RunEvent Stamp(RunEvent runEvent) =>
        runEvent with { Sequence = ++_sequence, Time = _timeProvider.GetUtcNow(), RunId = _runId };

    private async Task RecordAsync(IRunRecord record)
    {
        await foreach (RunEvent next in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                if (Failure is null)
                    await record.AppendAsync(next, CancellationToken.None);
            }
            catch (Exception exception)
            {
                Failure = exception;
                _onFailure?.Invoke();
            }

            _stream?.Writer.TryWrite(next);
            if (Interlocked.Decrement(ref _behind) <= MaxBehind / 2 && Volatile.Read(ref _caughtUp) is not null)
                Release();
        }
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
