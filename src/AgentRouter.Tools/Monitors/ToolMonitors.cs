namespace AgentRouter.Tools.Monitors;

/// <summary>Asks all monitors at once; the most urgent signal wins.</summary>
internal sealed class ToolMonitors(IReadOnlyList<IToolMonitor> monitors, TimeProvider timeProvider)
{
    // a monitor that asks a service may not hold up every call
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks.</summary>
    /// <returns>The winner and its signal; <see langword="null"/> without monitors.</returns>
    /// <param name="context">The call.</param>
    /// <param name="isOverruled">Tells which signals count no more.</param>
    /// <param name="cancellationToken">Cancels the asking.</param>
    public async ValueTask<(IToolMonitor Monitor, MonitorSignal Signal)?> ObserveAsync(
        MonitorContext context, Func<IToolMonitor, MonitorSignal, bool> isOverruled, CancellationToken cancellationToken)
    {
        (IToolMonitor Monitor, MonitorSignal Signal)? best = null;
        List<(IToolMonitor Monitor, Task<MonitorSignal> Task)>? slow = null;
        foreach (IToolMonitor monitor in monitors)
        {
            ValueTask<MonitorSignal> observed = Begin(monitor, context, cancellationToken);
            if (observed.IsCompletedSuccessfully)
                best = Higher(best, monitor, observed.Result, isOverruled);
            else
                (slow ??= []).Add((monitor, observed.AsTask()));
        }

        foreach ((IToolMonitor monitor, Task<MonitorSignal> task) in slow ?? [])
        {
            await ((Task)task).WaitAsync(Patience, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (task.IsCompletedSuccessfully)
                best = Higher(best, monitor, await task, isOverruled);
            else
                _ = task.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        return best;
    }

    private static ValueTask<MonitorSignal> Begin(IToolMonitor monitor, MonitorContext context, CancellationToken cancellationToken)
    {
        try
        {
            return monitor.ObserveAsync(context, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return ValueTask.FromException<MonitorSignal>(exception);
        }
    }

    private static (IToolMonitor, MonitorSignal)? Higher(
        (IToolMonitor Monitor, MonitorSignal Signal)? best, IToolMonitor monitor, MonitorSignal signal, Func<IToolMonitor, MonitorSignal, bool> isOverruled) =>
        double.IsNaN(signal.Priority) || isOverruled(monitor, signal) || (best is { } known && signal.Priority <= known.Signal.Priority) ? best : (monitor, signal);
}
