using System.Runtime.InteropServices;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Index;

/// <summary>Finds where texts mention what other texts are about, also where the name is a part of a longer one or not written with capitals.</summary>
/// <remarks>
/// A text can only say which names it has; which of them are names of other texts shows when those come, before or after it. So these edges belong to the index, not to
/// the records: new texts are searched for all names that texts are about, and older texts for names that came with the new ones.
/// </remarks>
internal sealed class NameLinker(MemoryIndex index)
{
    private const int LongestName = 8;

    // a name that so many older texts may have is no name that leads anywhere
    private const int MostOlder = 300;

    private readonly TermScanner _scanner = new();
    private readonly HashSet<string> _capitalized = new(StringComparer.Ordinal);
    private readonly List<(int Start, int Length)> _words = [];
    private readonly Dictionary<int, bool> _ofTexts = [];
    private char[] _plain = new char[1024];

    /// <summary>Gets a value indicating whether there are texts that others may mention: documents, not conversations alone.</summary>
    public bool HasTexts => index.Lengths.Written > 0;

    /// <summary>Gets the edges that were found, from texts to names; none of them was there already.</summary>
    public List<MemoryEdge> Found { get; } = [];

    /// <summary>Gets the names that texts are about.</summary>
    /// <param name="edges">Edges.</param>
    public IReadOnlySet<int> NamesIn(IEnumerable<MemoryEdge> edges) =>
        edges.Where(edge => edge.Kind == MemoryEdgeKind.About && !index.IsSpoken((int)edge.From)).Select(edge => (int)edge.To).ToHashSet();

    /// <summary>Searches new texts for all names.</summary>
    public void Link(IReadOnlyList<MemoryNode> texts)
    {
        foreach (MemoryNode text in texts)
        {
            if (text.Kind == MemoryNodeKind.Episode && text.Speaker is null)
                Link((int)text.Id, text.Text, only: null);
        }
    }

    /// <summary>Searches older texts for the names that came.</summary>
    /// <param name="last">The number of the last older node.</param>
    /// <param name="names">The names that texts are about which came.</param>
    /// <param name="records">Reads older texts.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async Task LinkOlderAsync(int last, IReadOnlySet<int> names, IMemoryRecords records, CancellationToken cancellationToken)
    {
        foreach (MemoryNode name in await records.ReadNodesAsync([.. names.Select(id => (long)id)], cancellationToken).ConfigureAwait(false))
        {
            int[] older = Holders(name.Text, last);
            if (older.Length is 0 or > MostOlder)
                continue;
            foreach (MemoryNode text in await records.ReadNodesAsync([.. older.Select(id => (long)id)], cancellationToken).ConfigureAwait(false))
                Link((int)text.Id, text.Text, only: (int)name.Id);
        }
    }

    // left to right, the longest names first
    private void Link(int id, string text, int? only)
    {
        Read(text);
        HashSet<int> known = [];
        for (EdgeCursor edges = index.EdgesOf(id, incoming: false); edges.MoveNext();)
            known.Add(edges.Other);
        for (int start = 0; start < _words.Count;)
        {
            int length = Math.Min(LongestName, _words.Count - start);
            for (; length > 0; length--)
            {
                if (NameAt(start, length) is not { } name)
                    continue;
                if ((only is null || only == name) && known.Add(name))
                    Found.Add(new MemoryEdge(id, name, MemoryEdgeKind.Mentions, 1, new MemoryRelation(0, 0, 0, byte.MaxValue)));
                break;
            }

            start += Math.Max(1, length);
        }
    }

    private int? NameAt(int start, int length)
    {
        (int from, _) = _words[start];
        (int last, int lastLength) = _words[start + length - 1];
        ReadOnlySpan<char> words = _plain.AsSpan(from..(last + lastLength));
        if (length == 1 && (MemoryStopWords.Contains(words) || !_capitalized.GetAlternateLookup<ReadOnlySpan<char>>().Contains(words)))
            return null;
        return index.FindConcept(ConceptKeys.NumberOfName(words)) is { } name && IsOfText(name) ? name : null;
    }

    // looked up once: what everybody mentions has hundreds of thousands of edges
    private bool IsOfText(int name)
    {
        ref bool isOfText = ref CollectionsMarshal.GetValueRefOrAddDefault(_ofTexts, name, out bool isKnown);
        if (!isKnown)
            isOfText = HasText(name);
        return isOfText;
    }

    private bool HasText(int name)
    {
        for (EdgeCursor edges = index.EdgesOf(name, incoming: true); edges.MoveNext();)
        {
            if (edges.Kind == MemoryEdgeKind.About && !index.IsSpoken(edges.Other))
                return true;
        }

        return false;
    }

    // older texts that have all terms of a name
    private int[] Holders(string name, int last)
    {
        _scanner.Read(name);
        ulong[] terms = [.. _scanner.Words.Where(word => word.IsContent).Select(word => word.Number).Distinct()];
        if (terms.Length == 0)
            return [];
        ulong rarest = terms.MinBy(index.CountWith);
        var holders = new List<int>();
        foreach (IndexSegment segment in index.Segments)
        {
            (int start, int end) = segment.Postings.Find(rarest);
            for (int entry = start; entry < end; entry++)
            {
                int row = segment.Postings.Rows[entry];
                if (segment.FirstId + row <= last && (segment.Nodes.Flags[row] & NodeFlags.Spoken) == 0 && terms.All(term => term == rarest || Has(segment, term, row)))
                    holders.Add(segment.FirstId + row);
                if (holders.Count > MostOlder)
                    return [.. holders];
            }
        }

        return [.. holders];
    }

    private static bool Has(IndexSegment segment, ulong term, int row)
    {
        (int start, int end) = segment.Postings.Find(term);
        return Array.BinarySearch(segment.Postings.Rows, start, end - start, row) >= 0;
    }

    // the words with single spaces between them, and those that are written with a capital or as a number
    private void Read(string text)
    {
        _scanner.Read(text);
        if (_plain.Length < text.Length + 1)
            _plain = new char[text.Length + 1];
        _words.Clear();
        int at = 0;
        foreach (ScannedTerm word in _scanner.Words)
        {
            _scanner.TextOf(word).CopyTo(_plain.AsSpan(at));
            _words.Add((at, word.Length));
            at += word.Length;
            if (at < _plain.Length)
                _plain[at++] = ' ';
        }

        _capitalized.Clear();
        Span<char> folded = stackalloc char[TermScanner.MaxWordLength];
        for (int start = 0; start < text.Length; start++)
        {
            if (!char.IsLetterOrDigit(text[start]) || (start > 0 && char.IsLetterOrDigit(text[start - 1])) || !(char.IsUpper(text[start]) || char.IsDigit(text[start])))
                continue;
            int length = 0;
            while (start + length < text.Length && length < folded.Length && char.IsLetterOrDigit(text[start + length]))
                folded[length] = LetterFold.Fold(text[start + length++]);
            _capitalized.GetAlternateLookup<ReadOnlySpan<char>>().Add(folded[..length]);
        }
    }
}
