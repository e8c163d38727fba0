using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Index;

/// <summary>Keeps the index of a scope up to date with its records.</summary>
/// <remarks>
/// A question takes the index as it is, and only waits for what came since if that is little. Putting segments together and keeping them in the store is done
/// beside, by one task at a time. Safe for any number of threads.
/// </remarks>
internal sealed class MemoryIndexer(IMemoryRecords records) : IAsyncDisposable
{
    // nodes in a segment at first, when many come at once
    private const int Window = 65_536;

    // a segment is put together with the one before as soon as that is not so many times larger
    private const int Growth = 3;

    // smaller segments are made anew faster than they are kept
    private const int WorthKeeping = 16_384;

    private readonly SemaphoreSlim _catchingUp = new(1, 1);
    private readonly Lock _publishing = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private volatile MemoryIndex? _current;
    private Task _tidying = Task.CompletedTask;

    /// <summary>Gets the index as it is; nothing before the first <see cref="CatchUpAsync"/>.</summary>
    public MemoryIndex Current => _current ?? MemoryIndex.Empty;

    /// <summary>Brings the index to where the records are now.</summary>
    /// <param name="cancellationToken">Cancels the work; what was indexed stays.</param>
    public async Task<MemoryIndex> CatchUpAsync(CancellationToken cancellationToken = default)
    {
        MemoryVersion version = await records.ReadVersionAsync(cancellationToken).ConfigureAwait(false);
        if (_current is { } current && Covers(current.Version, version))
            return current;
        await _catchingUp.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current is null)
                await LoadAsync(cancellationToken).ConfigureAwait(false);
            version = await records.ReadVersionAsync(cancellationToken).ConfigureAwait(false);
            while (!Covers(Current.Version, version))
                await AdvanceAsync(version, cancellationToken).ConfigureAwait(false);
            Tidy();
            return Current;
        }
        finally
        {
            _catchingUp.Release();
        }
    }

    /// <summary>Brings the index to where the records are if that is little work; otherwise has it done beside, and gives the index as it is.</summary>
    /// <param name="most">How many nodes are little work.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task<(MemoryIndex Index, long Missing)> TakeAsync(int most, CancellationToken cancellationToken = default)
    {
        MemoryVersion version = await records.ReadVersionAsync(cancellationToken).ConfigureAwait(false);
        if (_current is not { } current || version.Node - current.Version.Node <= most)
            return (await CatchUpAsync(cancellationToken).ConfigureAwait(false), 0);
        if (_catchingUp.CurrentCount > 0)
            _ = Task.Run(() => CatchUpAsync(_ending.Token), _ending.Token);
        return (current, version.Node - current.Version.Node);
    }

    /// <summary>Puts segments together and keeps them in the store, so that the next opening is fast.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        await _tidying.WaitAsync(cancellationToken).ConfigureAwait(false);
        await KeepAsync(least: 1, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _tidying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
        _catchingUp.Dispose();
    }

    private static bool Covers(MemoryVersion have, MemoryVersion wanted) =>
        have.Node >= wanted.Node && have.Edge >= wanted.Edge && have.Alteration >= wanted.Alteration;

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var reader = new SegmentReader();
        await records.ReadIndexAsync(reader.Add, cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<IndexSegment> segments, long alteration, IReadOnlyList<string> unusable) = reader.End();
        var loaded = new MemoryIndex(segments, alteration);
        if (!Covers(await records.ReadVersionAsync(cancellationToken).ConfigureAwait(false), loaded.Version))
        {
            // no index is ahead of its records: it would never see what comes
            unusable = [.. unusable, .. segments.Select(SegmentParts.NameOf).SelectMany(SegmentParts.PartsOf)];
            loaded = MemoryIndex.Empty;
        }

        foreach (IndexSegment segment in loaded.Segments)
            _kept.Add(SegmentParts.NameOf(segment));
        _current = loaded;
        if (unusable.Count > 0)
            await records.WriteIndexAsync(unusable, [], _current.Version, cancellationToken).ConfigureAwait(false);
    }

    // nodes in windows, the edges with the last of them: an edge may lead to any node that is written with it
    private async Task AdvanceAsync(MemoryVersion target, CancellationToken cancellationToken)
    {
        MemoryIndex index = Current;
        MemoryVersion from = index.Version;
        List<IndexSegment> segments = [.. index.Segments];
        if (target.Node > from.Node || target.Edge > from.Edge)
            await GrowAsync(segments, from, target, cancellationToken).ConfigureAwait(false);

        if (target.Alteration > from.Alteration)
            segments = Altered(segments, await records.ReadAlterationsAsync(from, target, cancellationToken).ConfigureAwait(false));
        lock (_publishing)
        {
            _current = new MemoryIndex(segments, target.Alteration, index);
        }
    }

    private async Task GrowAsync(List<IndexSegment> segments, MemoryVersion from, MemoryVersion target, CancellationToken cancellationToken)
    {
        int before = segments.Count;
        // hundreds of megabytes where much has come
        var edges = new List<MemoryEdge>((int)Math.Clamp(target.Edge - from.Edge, 0, Array.MaxLength));
        await foreach (IReadOnlyList<MemoryEdge> portion in records.ReadNewEdgesAsync(from, target, cancellationToken).ConfigureAwait(false))
            edges.AddRange(portion);
        for (MemoryVersion at = from; at.Node < target.Node || segments.Count == before;)
        {
            MemoryVersion to = at with { Node = Math.Min(target.Node, at.Node + Window) };
            bool isLast = to.Node == target.Node;
            segments.Add(await BuildAsync(at, to, isLast ? edges : [], isLast ? target.Edge : from.Edge, cancellationToken).ConfigureAwait(false));
            at = to;
        }

        Join(segments, before);
        var linker = new NameLinker(new MemoryIndex(segments, from.Alteration));
        IReadOnlySet<int> names = before == 0 ? new HashSet<int>() : linker.NamesIn(edges);
        edges = [];
        await LinkAsync(linker, names, from, target, cancellationToken).ConfigureAwait(false);
        segments[^1] = segments[^1].With(linker.Found);
    }

    // names are looked for in every segment, millions of times
    private static void Join(List<IndexSegment> segments, int first)
    {
        if (segments.Count - first < 2)
            return;
        IndexSegment joined = IndexSegment.Merge(segments.GetRange(first, segments.Count - first));
        segments.RemoveRange(first, segments.Count - first);
        segments.Add(joined);
    }

    private async Task<IndexSegment> BuildAsync(MemoryVersion from, MemoryVersion to, List<MemoryEdge> edges, long lastEdge, CancellationToken cancellationToken)
    {
        var builder = new SegmentBuilder(checked((int)(from.Node + 1)), (int)(to.Node - from.Node));
        await foreach (IReadOnlyList<MemoryNode> portion in records.ReadNewNodesAsync(from, to, cancellationToken).ConfigureAwait(false))
        {
            foreach (MemoryNode node in portion)
                builder.Add(node);
        }

        return builder.Build(edges, from.Edge + 1, lastEdge + 1);
    }

    private async Task LinkAsync(NameLinker linker, IReadOnlySet<int> names, MemoryVersion from, MemoryVersion to, CancellationToken cancellationToken)
    {
        // conversations have no texts that others would be about
        if (!linker.HasTexts)
            return;
        await foreach (IReadOnlyList<MemoryNode> portion in records.ReadNewNodesAsync(from, to, cancellationToken).ConfigureAwait(false))
            linker.Link(portion);
        await linker.LinkOlderAsync((int)from.Node, names, records, cancellationToken).ConfigureAwait(false);
    }

    private List<IndexSegment> Altered(List<IndexSegment> segments, IReadOnlyList<MemoryAlteration> alterations)
    {
        HashSet<int> erased = [.. alterations.Where(each => each.HeldUntil is null).Select(each => (int)each.Node)];
        HashSet<int> superseded = [.. alterations.Where(each => each.HeldUntil is not null && !erased.Contains((int)each.Node)).Select(each => (int)each.Node)];
        // with something erased the store has dropped what was kept
        if (erased.Count > 0)
        {
            lock (_publishing)
                _kept.Clear();
        }

        return segments.ConvertAll(segment => segment.With(superseded, erased));
    }

    private void Tidy()
    {
        if (_tidying.IsCompleted && !_ending.IsCancellationRequested)
            _tidying = Task.Run(() => TidyAsync(_ending.Token), _ending.Token);
    }

    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        while (Mergeable(Current.Segments) is { } run && !cancellationToken.IsCancellationRequested)
            Replace(run, IndexSegment.Merge(run));
        try
        {
            await KeepAsync(WorthKeeping, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // what is not kept is made anew at the next opening
        }
    }

    // the last segments, from the first that is not many times larger than all behind it
    private static IndexSegment[]? Mergeable(IReadOnlyList<IndexSegment> segments)
    {
        int first = segments.Count - 1, size = 0;
        for (int i = segments.Count - 1; i >= 0; i--)
        {
            if (size > 0 && segments[i].Size <= (long)size * Growth)
                first = i;
            size += segments[i].Size;
        }

        return first < segments.Count - 1 ? [.. segments.Skip(first)] : null;
    }

    private void Replace(IndexSegment[] run, IndexSegment merged)
    {
        lock (_publishing)
        {
            List<IndexSegment> segments = [.. Current.Segments];
            int first = segments.IndexOf(run[0]);
            // an alteration made other segments meanwhile: they are put together the next time
            if (first < 0 || !segments.Skip(first).Take(run.Length).SequenceEqual(run, ReferenceEqualityComparer.Instance))
                return;
            segments.RemoveRange(first, run.Length);
            segments.Insert(first, merged);
            _current = new MemoryIndex(segments, Current.Version.Alteration, Current);
        }
    }

    private async Task KeepAsync(int least, CancellationToken cancellationToken)
    {
        if (!SegmentParts.CanKeep)
            return;
        MemoryIndex index = Current;
        // segments follow one on another: behind one that is not kept none can be used
        IndexSegment[] keep = [.. index.Segments.TakeWhile(segment => segment.Size >= least)];
        Dictionary<string, IndexSegment> wanted = keep.ToDictionary(SegmentParts.NameOf);
        string[] removed;
        IndexSegment[] added;
        lock (_publishing)
        {
            removed = [.. _kept.Where(name => !wanted.ContainsKey(name))];
            added = [.. wanted.Where(each => !_kept.Contains(each.Key)).Select(each => each.Value)];
        }

        if (removed.Length + added.Length == 0)
            return;
        // made one after another while they are written: together they are as large as the index
        IEnumerable<StoredIndexPart> parts = added.SelectMany(segment => SegmentParts.Write(segment, index.Version.Alteration));
        if (!await records.WriteIndexAsync([.. removed.SelectMany(SegmentParts.PartsOf)], parts, index.Version, cancellationToken).ConfigureAwait(false))
            return;
        lock (_publishing)
        {
            _kept.ExceptWith(removed);
            _kept.UnionWith(wanted.Keys);
        }
    }
}
