using AgentRouter.Memory.Exploration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory;

/// <content>Looking around in what a scope remembers.</content>
public sealed partial class GraphMemory
{
    /// <summary>Lists the scopes that hold something, in the order of their texts.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    public Task<IReadOnlyList<MemoryScope>> ListAsync(CancellationToken cancellationToken = default) => _store.ListAsync(cancellationToken);

    /// <summary>Finds the node that a person means.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="name">A number with or without <c>#</c>, the key of a node of any kind, or the name of a concept such as <c>Anna Fischer</c>.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The node, or <see langword="null"/> where there is none.</returns>
    public async Task<MemoryNode?> FindAsync(MemoryScope scope, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return await OpenAsync(scope, create: false, cancellationToken).ConfigureAwait(false) is { } open
            ? await NodeFinder.FindAsync(open.Records, name, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>Finds what is around a node: the strongest edges first, and through hubs late.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="node">The node's number.</param>
    /// <param name="options">How far and how many; by default one edge and 60 nodes.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The neighbourhood, or <see langword="null"/> where there is no such node.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is out of range.</exception>
    public async Task<MemoryNeighbourhood?> NeighbourhoodAsync(MemoryScope scope, long node, NeighbourhoodOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new NeighbourhoodOptions();
        options.Validate();
        if (await IndexedAsync(scope, cancellationToken).ConfigureAwait(false) is not var (open, index) || node < 1 || node >= index.EndId)
            return null;
        var search = new NeighbourSearch(index);
        (IReadOnlyList<(int Id, int Steps, int Degree)> found, int leftOut) = search.Around((int)node, options);
        Dictionary<long, MemoryNode> nodes = await ReadAsync(open, found.Select(each => each.Id), cancellationToken).ConfigureAwait(false);
        if (!nodes.ContainsKey(node))
            return null;
        return new MemoryNeighbourhood
        {
            Nodes = [.. found.Where(each => nodes.ContainsKey(each.Id)).Select(each => new MemoryNeighbour(nodes[each.Id], each.Steps, each.Degree))],
            Edges = [.. search.Between([.. found.Select(each => each.Id)]).Where(edge => nodes.ContainsKey(edge.From) && nodes.ContainsKey(edge.To))],
            LeftOut = leftOut,
        };
    }

    /// <summary>Finds the strongest path between two nodes, in either direction of the edges.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="from">The number of the node where it begins.</param>
    /// <param name="to">The number of the node where it ends.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The steps, the first at <paramref name="from"/>; nothing where no path was found among the 50,000 nodes that are nearest to it.</returns>
    public async Task<IReadOnlyList<MemoryPathStep>> PathAsync(MemoryScope scope, long from, long to, CancellationToken cancellationToken = default)
    {
        if (await IndexedAsync(scope, cancellationToken).ConfigureAwait(false) is not var (open, index) || Math.Min(from, to) < 1 || Math.Max(from, to) >= index.EndId)
            return [];
        if (StrongestPath.Between(index, (int)from, (int)to, cancellationToken) is not { } path)
            return [];
        Dictionary<long, MemoryNode> nodes = await ReadAsync(open, path.Select(each => each.Id), cancellationToken).ConfigureAwait(false);
        // one that was erased meanwhile parts the path
        return nodes.Count == path.Count ? [.. path.Select(each => new MemoryPathStep(nodes[each.Id], each.Step?.Kind, each.Step?.IsForward ?? true))] : [];
    }

    /// <summary>Counts what a scope holds, and finds what stands out in it.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="count">How many concepts and sources are wanted, from 1 to 10,000.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The overview, or <see langword="null"/> where the scope holds nothing.</returns>
    public async Task<MemoryOverview?> OverviewAsync(MemoryScope scope, int count = 10, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 10_000);
        if (await IndexedAsync(scope, cancellationToken).ConfigureAwait(false) is not var (open, index))
            return null;
        IReadOnlyList<(int Id, int Mentions)> most = ConceptCounts.Most(index, count);
        IReadOnlyList<int> newest = ConceptCounts.Newest(index, count);
        Dictionary<long, MemoryNode> nodes = await ReadAsync(open, most.Select(each => each.Id).Concat(newest), cancellationToken).ConfigureAwait(false);
        return new MemoryOverview(
            await open.Records.ReadStatisticsAsync(cancellationToken).ConfigureAwait(false),
            [.. most.Where(each => nodes.ContainsKey(each.Id)).Select(each => new MentionedConcept(nodes[each.Id], each.Mentions))],
            [.. newest.Where(id => nodes.ContainsKey(id)).Select(id => nodes[id])]);
    }

    /// <summary>Counts what a scope holds.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="cancellationToken">Cancels the counting.</param>
    /// <returns>The counts, or <see langword="null"/> where the scope holds nothing.</returns>
    public async Task<MemoryStatistics?> StatisticsAsync(MemoryScope scope, CancellationToken cancellationToken = default) =>
        await OpenAsync(scope, create: false, cancellationToken).ConfigureAwait(false) is { } open
            ? await open.Records.ReadStatisticsAsync(cancellationToken).ConfigureAwait(false)
            : null;

    private static async Task<Dictionary<long, MemoryNode>> ReadAsync(OpenScope open, IEnumerable<int> ids, CancellationToken cancellationToken) =>
        (await open.Records.ReadNodesAsync([.. ids.Select(id => (long)id).Distinct()], cancellationToken).ConfigureAwait(false)).ToDictionary(node => node.Id);

    private async Task<(OpenScope Open, MemoryIndex Index)?> IndexedAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        await OpenAsync(scope, create: false, cancellationToken).ConfigureAwait(false) is { } open
            ? (open, await open.Indexer.CatchUpAsync(cancellationToken).ConfigureAwait(false))
            : null;
}
