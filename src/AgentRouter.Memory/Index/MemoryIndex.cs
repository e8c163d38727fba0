using System.Collections.Concurrent;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Index;

/// <summary>What a scope remembers, as retrieval sees it. Never changes: what comes makes a new index that shares what stayed.</summary>
/// <remarks>Made of segments, a large one of what is old and small ones of what came since, put together when they have grown alike (P. O'Neil et al., "The
/// log-structured merge-tree", 1996). What it answers does not depend on how it came about.</remarks>
internal sealed class MemoryIndex
{
    private readonly IndexSegment[] _segments;
    private readonly int _sources;
    private readonly long _sourcesLength;
    private readonly Lazy<Meanings> _meanings;
    private readonly Meanings.SaidEverywhere? _everywhere;
    private readonly Lazy<int[]> _years;
    private readonly ConcurrentDictionary<int, NamedTexts> _oftenNamed = new();

    /// <summary>Makes an index.</summary>
    /// <param name="segments">Its segments, in the order of their nodes.</param>
    /// <param name="alteration">The number of the last alteration that they know of.</param>
    /// <param name="before">The index that was there before, from which is taken what holds on.</param>
    public MemoryIndex(IReadOnlyList<IndexSegment> segments, long alteration, MemoryIndex? before = null)
    {
        _segments = [.. segments];
        EndId = _segments.Length == 0 ? 1 : _segments[^1].EndId;
        Version = new MemoryVersion(EndId - 1, _segments.Length == 0 ? 0 : _segments[^1].EndEdge - 1, alteration);
        Lengths = AnswerLengths.Of(_segments);
        _sources = _segments.Sum(segment => segment.SourceLengths.Count);
        _sourcesLength = _segments.Sum(segment => segment.SourceLengths.Total);
        // not the index before itself: it would hold on to all before it
        _everywhere = before?.Everywhere;
        _meanings = new Lazy<Meanings>(() => Meanings.Of(this, _everywhere));
        _years = new Lazy<int[]>(() => [.. _segments.SelectMany(segment => segment.Years).Distinct().Order()]);
    }

    /// <summary>Gets the index of nothing.</summary>
    public static MemoryIndex Empty { get; } = new([], 0);

    /// <summary>Gets how far it has come.</summary>
    public MemoryVersion Version { get; }

    /// <summary>Gets the number after that of the last node.</summary>
    public int EndId { get; }

    /// <summary>Gets how many answers there are, and how long they are.</summary>
    public AnswerLengths Lengths { get; }

    /// <summary>Gets the years in which something was said, ascending.</summary>
    public IReadOnlyList<int> Years => _years.Value;

    /// <summary>Gets what the words of nodes mean together.</summary>
    public Meanings Meanings => _meanings.Value;

    private Meanings.SaidEverywhere? Everywhere => _meanings.IsValueCreated ? _meanings.Value.Everywhere : _everywhere;

    /// <summary>Tells whether somebody of a name speaks in it.</summary>
    public bool HasSpeaker(ulong name) => _segments.Any(segment => segment.Speakers.Contains(name));

    /// <summary>Computes how long a source is, 1 for the mean.</summary>
    public float LengthOfSource(int source)
    {
        long length = 0;
        foreach (IndexSegment segment in _segments)
            length += segment.SourceLengths.LengthOf(source);
        return _sourcesLength == 0 ? 1 : (float)length * _sources / _sourcesLength;
    }

    /// <summary>Gets the segments, in the order of their nodes.</summary>
    public IReadOnlyList<IndexSegment> Segments => _segments;

    /// <summary>Gets the segment that a node is in.</summary>
    /// <param name="id">The node's number, from 1 and below <see cref="EndId"/>.</param>
    public IndexSegment SegmentOf(int id)
    {
        int low = 0, high = _segments.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_segments[middle].FirstId <= id)
                low = middle;
            else
                high = middle - 1;
        }

        // segments of edges alone begin where the one before ends, and hold no node
        while (id >= _segments[low].EndId)
            low++;
        while (id < _segments[low].FirstId || _segments[low].Nodes.Count == 0)
            low--;
        return _segments[low];
    }

    /// <summary>Gets what is known of a node by yes and no.</summary>
    public NodeFlags FlagsOf(int id)
    {
        IndexSegment segment = SegmentOf(id);
        return segment.Nodes.Flags[id - segment.FirstId];
    }

    /// <summary>Tells whether somebody said a node: whether it is a turn.</summary>
    public bool IsSpoken(int id) => (FlagsOf(id) & NodeFlags.Spoken) != 0;

    /// <summary>Walks over the edges of a node.</summary>
    /// <param name="id">The node's number.</param>
    /// <param name="incoming">Whether those that reach it, not those that leave it.</param>
    public EdgeCursor EdgesOf(int id, bool incoming) => new(_segments, id, incoming);

    /// <summary>Finds the texts of a name.</summary>
    /// <param name="concept">The name's node.</param>
    public NamedTexts TextsOf(int concept)
    {
        // names that very many have come again in nearly every question
        if (_oftenNamed.TryGetValue(concept, out NamedTexts? known))
            return known;
        NamedTexts texts = NamedTexts.Of(_segments, this, concept);
        if (texts.Mentioned > NamedTexts.MostMentions || texts.About.Length > NamedTexts.MostMentions)
            _oftenNamed.TryAdd(concept, texts);
        return texts;
    }

    /// <summary>Finds a concept.</summary>
    /// <param name="key">The number of its key.</param>
    /// <returns>The number of its node, or <see langword="null"/> where there is none.</returns>
    public int? FindConcept(ulong key)
    {
        foreach (IndexSegment segment in _segments)
        {
            if (segment.FindConcept(key) is { } id)
                return id;
        }

        return null;
    }

    /// <summary>Counts the answers with a term.</summary>
    public int CountWith(ulong term)
    {
        int count = 0;
        foreach (IndexSegment segment in _segments)
        {
            (int start, int end) = segment.Postings.Find(term);
            count += end - start;
        }

        return count;
    }
}
