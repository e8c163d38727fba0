using System.Runtime.InteropServices;

namespace AgentRouter.Cli.CommandLine;

/// <summary>Ctrl-C and the system's wish to end: the first cancels and lets the run end in order, the second ends at once.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Action _endAtOnce;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _count;

    /// <summary>Makes a signal.</summary>
    /// <param name="endAtOnce">Ends the process; called at the second signal.</param>
    public StopSignal(Action endAtOnce) => _endAtOnce = endAtOnce;

    /// <summary>Gets what is cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Listens to this process's signals.</summary>
    public StopSignal Listen()
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Raise();
            }));
        }

        return this;
    }

    /// <summary>Does what a signal does.</summary>
    public void Raise()
    {
        if (Interlocked.Increment(ref _count) == 1)
            _source.Cancel();
        else
            _endAtOnce();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }
}
