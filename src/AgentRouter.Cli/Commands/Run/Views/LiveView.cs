using AgentRouter.Events;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Run.Views;

/// <summary>The run as a few lines that are drawn again in place, at most ten times a second and only when something changed.</summary>
internal sealed class LiveView : IRunView
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private readonly IAnsiConsole _console;
    private readonly LiveState _state;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _screen = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _drawing;
    private CancellationTokenSource? _pause;
    private int _version;
    private int _asking;

    /// <summary>Makes the view and begins to draw.</summary>
    /// <param name="console">Where to draw.</param>
    /// <param name="state">The state before the first event.</param>
    /// <param name="timeProvider">The clock.</param>
    public LiveView(IAnsiConsole console, LiveState state, TimeProvider timeProvider)
    {
        _console = console;
        _state = state;
        _timeProvider = timeProvider;
        _drawing = Task.Run(DrawAsync);
    }

    /// <inheritdoc/>
    public void Show(RunEvent runEvent)
    {
        lock (_lock)
        {
            _state.Apply(runEvent);
            _version++;
        }
    }

    /// <inheritdoc/>
    public async Task<T> PauseAsync<T>(Func<Task<T>> ask)
    {
        CancellationTokenSource? pause;
        lock (_lock)
        {
            _asking++;
            pause = _pause;
        }

        if (pause is not null)
            await pause.CancelAsync();
        await _screen.WaitAsync();
        try
        {
            return await ask();
        }
        finally
        {
            lock (_lock)
                _asking--;
            _screen.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _drawing;
        _end.Dispose();
        _screen.Dispose();
    }

    private async Task DrawAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            await _screen.WaitAsync();
            try
            {
                await DrawUntilPausedAsync();
            }
            finally
            {
                _screen.Release();
            }
        }
    }

    private async Task DrawUntilPausedAsync()
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        lock (_lock)
        {
            // whoever asks is next in line for the screen
            if (_asking > 0)
                return;
            _pause = pause;
        }

        try
        {
            // cleared at the end: the report takes its place
            await _console.Live(Text.Empty).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
            {
                (int Version, long Second) drawn = (-1, -1);
                while (!pause.IsCancellationRequested)
                {
                    drawn = Draw(live, drawn);
                    await Task.Delay(Tick, _timeProvider, pause.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            });
        }
        finally
        {
            lock (_lock)
                _pause = null;
        }
    }

    private (int Version, long Second) Draw(LiveDisplayContext live, (int Version, long Second) drawn)
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        lock (_lock)
        {
            (int, long) next = (_version, now.ToUnixTimeSeconds());
            if (next != drawn)
                live.UpdateTarget(LiveScreen.Draw(_state, now, _console));
            return next;
        }
    }
}
