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
    public ValueTask<IRunRecord> OpenAsync(string runId, CancellationToken cancellationToken = default) => throw None(runId);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadValueAsync(string hash, CancellationToken cancellationToken = default) =>
        throw new InvalidDataException("There is no value: this store keeps none.");

    /// <inheritdoc/>
    public IAsyncEnumerable<RunSummary> ListAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<RunSummary>();

    /// <inheritdoc/>
    public IAsyncEnumerable<RunEvent> ReadAsync(string runId, CancellationToken cancellationToken = default) =>
        throw None(runId);

    /// <inheritdoc/>
    public string? FolderOf(string runId) => null;

    private static FileNotFoundException None(string runId) => new($"There is no record of run '{runId}': this store keeps none.");

    private sealed class NullRunRecord : IRunRecord
    {
        public static NullRunRecord Instance { get; } = new();

        public ValueTask AppendAsync(IReadOnlyList<RunRecordEntry> entries, CancellationToken cancellationToken = default) => default;

        public ValueTask DisposeAsync() => default;
    }
}
