using AgentRouter.Events;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.CrashWorker.Work;

/// <summary>A store whose process ends at an event, in the middle of a batch too.</summary>
internal sealed class MortalStore(IRunStore inner, int diesAt, bool diesBefore, Death death) : IRunStore
{
    public async ValueTask<IRunRecord> CreateAsync(string runId, CancellationToken cancellationToken = default)
    {
        IRunRecord record = await inner.CreateAsync(runId, cancellationToken);
        if (diesAt == 0)
            await death.ComeAsync();
        return new Record(this, record);
    }

    public async ValueTask<IRunRecord> OpenAsync(string runId, CancellationToken cancellationToken = default) =>
        new Record(this, await inner.OpenAsync(runId, cancellationToken));

    public ValueTask<ReadOnlyMemory<byte>> ReadValueAsync(string hash, CancellationToken cancellationToken = default) => inner.ReadValueAsync(hash, cancellationToken);

    public IAsyncEnumerable<RunSummary> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);

    public IAsyncEnumerable<RunEvent> ReadAsync(string runId, CancellationToken cancellationToken = default) => inner.ReadAsync(runId, cancellationToken);

    public string? FolderOf(string runId) => inner.FolderOf(runId);

    private sealed class Record(MortalStore store, IRunRecord inner) : IRunRecord
    {
        private int _kept;

        public async ValueTask AppendAsync(IReadOnlyList<RunRecordEntry> entries, CancellationToken cancellationToken = default)
        {
            int left = store.DiesAt - _kept;
            if (left > entries.Count)
            {
                await inner.AppendAsync(entries, cancellationToken);
                _kept += entries.Count;
                return;
            }

            int keeps = store.DiesBefore ? left - 1 : left;
            if (keeps > 0)
                await inner.AppendAsync([.. entries.Take(keeps)], cancellationToken);
            await store.Death.ComeAsync();
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private Death Death => death;

    private int DiesAt => diesAt;

    private bool DiesBefore => diesBefore;
}
