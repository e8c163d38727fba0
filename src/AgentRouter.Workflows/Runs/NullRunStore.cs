using AgentRouter.Events;

namespace AgentRouter.Workflows.Runs;

/// <summary>Keeps nothing.</summary>
public sealed class NullRunStore : IRunStore
{
    /// <summary>Gets the one instance; it has no state.</summary>
    public static NullRunStore Instance { get; } = new();

    /// <inheritdoc/>
    public bool KeepsEvents => false;

    /// <inheritdoc/>
    public ValueTask<IRunRecord> CreateAsync(string runId, CancellationToken cancellationToken = default) => new(NullRunRecord.Instance);

    /// <inheritdoc/>
    public IAsyncEnumerable<RunSummary> ListAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<RunSummary>();

    /// <inheritdoc/>
    public IAsyncEnumerable<RunEvent> ReadAsync(string runId, CancellationToken cancellationToken = default) =>
        throw new FileNotFoundException($"There is no record of run '{runId}': this store keeps none.");

    /// <inheritdoc/>
    public string? FolderOf(string runId) => null;

    private sealed class NullRunRecord : IRunRecord
    {
        public static NullRunRecord Instance { get; } = new();

        public ValueTask AppendAsync(RunEvent runEvent, CancellationToken cancellationToken = default) => default;

        public ValueTask DisposeAsync() => default;
    }
}
