namespace AgentRouter.Memory.Storage.Sqlite.Writing;

/// <summary>A change that waits for its turn.</summary>
/// <param name="change">The change.</param>
/// <param name="cancellationToken">Cancels it while it waits.</param>
internal sealed class WaitingChange(MemoryChange change, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<MemoryWritten> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isTaken;

    public MemoryChange Change => change;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Gets what it brought, once it is committed.</summary>
    public Task<MemoryWritten> Written => _written.Task;

    /// <summary>Takes the change, to write it or to call it off; only the first who asks gets it.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    public void Complete(MemoryWritten written) => _written.SetResult(written);

    public void Fail(Exception error)
    {
        if (error is OperationCanceledException && cancellationToken.IsCancellationRequested)
            _written.SetCanceled(cancellationToken);
        else
            _written.SetException(error);
    }
}
