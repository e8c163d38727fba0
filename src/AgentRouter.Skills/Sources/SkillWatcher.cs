using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Skills.Sources;

/// <summary>Keeps the index of a retriever up to what its sources have, while others search.</summary>
/// <remarks>Folders tell of changes where the file system does; when they have been quiet for a moment, what is new or changed is read. Beside that everything is listed
/// from time to time. A listing of ten thousand folders takes a fraction of a second, and reads nothing that has not changed.</remarks>
public sealed class SkillWatcher : IAsyncDisposable
{
    private readonly SkillRetriever _retriever;
    private readonly IReadOnlyList<ISkillSource> _sources;
    private readonly SkillWatcherOptions _options;
    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly ITimer _quiet;
    private readonly ITimer _poll;
    private Task _last = Task.CompletedTask;
    private bool _isStopped;

    /// <summary>Begins to watch. Nothing is read before something changes, the time to poll has come, or <see cref="UpdateAsync"/> is called.</summary>
    /// <param name="retriever">Whose index is kept; nobody else replaces it meanwhile.</param>
    /// <param name="sources">All sources of the index, in order.</param>
    /// <param name="options">How; all defaults when not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not above zero.</exception>
    public SkillWatcher(SkillRetriever retriever, IReadOnlyList<ISkillSource> sources, SkillWatcherOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(sources);
        (_retriever, _sources, _options) = (retriever, sources, options ?? new SkillWatcherOptions());
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.Quiet, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.PollEvery, TimeSpan.Zero, nameof(options));
        _quiet = _options.TimeProvider.CreateTimer(_ => Begin(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _poll = _options.TimeProvider.CreateTimer(_ => Poll(), null, _options.PollEvery, _options.PollEvery);
        foreach (FolderSkillSource folder in sources.OfType<FolderSkillSource>())
            Watch(folder.Root);
    }

    /// <summary>Brings the index up to date now, after what is under way.</summary>
    /// <param name="cancellationToken">Ends the wait, not the work.</param>
    /// <returns>What came of it; <see langword="null"/> where the sources could not be read, or the watcher is disposed.</returns>
    public Task<SkillIndexUpdate?> UpdateAsync(CancellationToken cancellationToken = default) => Begin().WaitAsync(cancellationToken);

    /// <summary>Stops watching and waits for what is under way to stop.</summary>
    public async ValueTask DisposeAsync()
    {
        Task last;
        lock (_lock)
        {
            if (_isStopped)
                return;
            _isStopped = true;
            last = _last;
        }

        foreach (FileSystemWatcher watcher in _watchers)
            watcher.Dispose();
        await _quiet.DisposeAsync().ConfigureAwait(false);
        await _poll.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    /// <summary>Notes that something has changed: it is read when nothing more has changed for a moment.</summary>
    internal void Changed()
    {
        lock (_lock)
        {
            if (!_isStopped)
                _quiet.Change(_options.Quiet, Timeout.InfiniteTimeSpan);
        }
    }

    private void Watch(string folder)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
            _watchers.Add(watcher);
            watcher.Changed += (_, _) => Changed();
            watcher.Created += (_, _) => Changed();
            watcher.Deleted += (_, _) => Changed();
            watcher.Renamed += (_, _) => Changed();
            // too much at once, or the folder itself is gone: what was missed is found by listing
            watcher.Error += (_, _) => Changed();
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or PlatformNotSupportedException or UnauthorizedAccessException)
        {
            // the system has no more watches to give, or none for this file system: polling finds the changes
            _options.Failed?.Invoke(exception);
        }
    }

    // a listing that takes longer than the time between two is not followed by a queue of them
    private void Poll()
    {
        lock (_lock)
        {
            if (_last.IsCompleted)
                Begin();
        }
    }

    private Task<SkillIndexUpdate?> Begin()
    {
        lock (_lock)
        {
            if (_isStopped)
                return Task.FromResult<SkillIndexUpdate?>(null);
            Task<SkillIndexUpdate?> mine = AfterAsync(_last);
            _last = mine;
            return mine;
        }
    }

    private async Task<SkillIndexUpdate?> AfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            SkillIndexUpdate update = await SkillIndexer.UpdateAsync(_retriever.Index, _sources, _options.Indexing, cancellationToken: _stop.Token).ConfigureAwait(false);
            bool isNew = update.Index != _retriever.Index;
            _retriever.Index = update.Index;
            if (isNew || update.Problems.Count > 0)
                _options.Updated?.Invoke(update);
            return update;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _options.Failed?.Invoke(exception);
            return null;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return null;
        }
    }
}
