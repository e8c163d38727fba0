using System.Diagnostics;

namespace AgentRouter.CrashWorker.Work;

/// <summary>The end of this process: SIGKILL, as soon as each of its runs has come to its place. Nothing is caught, flushed or closed. Runs that
/// share a process spare the start of one each; a run that is there first stands still until the others are.</summary>
/// <param name="runs">How many runs there are.</param>
public sealed class Death(int runs)
{
    private int _missing = runs;

    /// <summary>Says that a run has come to its place. Does not return.</summary>
    public async Task ComeAsync()
    {
        if (Interlocked.Decrement(ref _missing) == 0)
            Process.GetCurrentProcess().Kill();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
    }
}
