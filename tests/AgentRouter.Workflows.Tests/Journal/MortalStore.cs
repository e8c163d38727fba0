using AgentRouter.Events;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Tests.Journal;

/// <summary>A store in memory whose process dies after a number of entries: what comes later is never kept.</summary>
internal sealed class MortalStore : IRunStore
{
    private readonly Dictionary<string, List<string>> _runs = [];
    private readonly Dictionary<string, byte[]> _values = [];
    private readonly Lock _lock = new();
    private int _entries;

    /// <summary>Gets or sets after how many entries the process dies.</summary>
    public int DiesAfter { get; set; } = int.MaxValue;

    public int Entries => _entries;

    /// <summary>Lets a new process begin.</summary>
    public void Revive() => DiesAfter = int.MaxValue;

    public ValueTask<IRunRecord> CreateAsync(string runId, CancellationToken cancellationToken = default)
    {
        _runs.Add(runId, []);
        return new(new Record(this, runId));
    }

    public ValueTask<IRunRecord> OpenAsync(string runId, CancellationToken cancellationToken = default) =>
        _runs.ContainsKey(runId) ? new(new Record(this, runId)) : throw new FileNotFoundException($"There is no run '{runId}'.");

    public ValueTask<ReadOnlyMemory<byte>> ReadValueAsync(string hash, CancellationToken cancellationToken = default) =>
        _values.TryGetValue(hash, out byte[]? value) ? new(value) : throw new InvalidDataException($"The value {hash} is missing.");

    public IAsyncEnumerable<RunSummary> ListAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<RunSummary>();

    public IAsyncEnumerable<RunEvent> ReadAsync(string runId, CancellationToken cancellationToken = default) => Events(runId).ToAsyncEnumerable();

    public IReadOnlyList<RunEvent> Events(string runId) => [.. _runs[runId].Select(RunEventJson.Deserialize)];

    public void Replace(string runId, Func<RunEvent, RunEvent> change)
    {
        for (int i = 0; i < _runs[runId].Count; i++)
            _runs[runId][i] = RunEventJson.Serialize(change(RunEventJson.Deserialize(_runs[runId][i])));
    }

    public void Damage(string hash) => _values[hash] = "{ torn"u8.ToArray();

    public string? FolderOf(string runId) => null;

    private sealed class Record(MortalStore store, string runId) : IRunRecord
    {
        public ValueTask AppendAsync(IReadOnlyList<RunRecordEntry> entries, CancellationToken cancellationToken = default)
        {
            lock (store._lock)
            {
                foreach (RunRecordEntry entry in entries)
                {
                    if (store._entries >= store.DiesAfter)
                        throw new IOException("The process is dead.");
                    store._entries++;
                    store._runs[runId].Add(RunEventJson.Serialize(entry.Event));
                    if (entry.Value.Length > 0)
                        store._values[ValueHash.Of(entry.Value.Span)] = entry.Value.ToArray();
                }
            }

            return default;
        }

        public ValueTask DisposeAsync() => default;
    }
}
