namespace AgentRouter.Skills.Index;

/// <summary>What one term counts in each document of a segment under one view.</summary>
/// <remarks>
/// An own structure and not SQLite's FTS5, since a task of a thousand characters has seventy words, of which thirty stand in every eighth
/// document or more: that is a million entries among 80,000 documents, which a full-text engine reads row by row and hands to a ranking
/// function one by one. Here an entry is a sixteen-bit impact, what the occurrences are worth instead of how many they are (V. N. Anh,
/// A. Moffat, "Pruned query evaluation using pre-computed impacts", 2006). A rare term has the numbers of its documents beside the impacts;
/// a common one has an impact for every document in order, zero where it does not stand, which is added up in vectors without looking.
/// </remarks>
internal readonly struct TermPostings
{
    /// <summary>A term is common that stands in one of so many documents.</summary>
    private const int CommonShare = 8;

    /// <summary>In fewer documents no term is common.</summary>
    private const int FewDocuments = 1_024;

    private readonly int[] _documents;
    private readonly ushort[] _impacts;

    /// <summary>Makes an empty list of a known length.</summary>
    /// <param name="documents">The number of documents of the segment.</param>
    /// <param name="count">In how many of them the term stands in a field of the view.</param>
    public TermPostings(int documents, int count)
    {
        Count = count;
        IsCommon = documents >= FewDocuments && count > documents / CommonShare;
        _documents = IsCommon ? [] : new int[count];
        _impacts = new ushort[IsCommon ? documents : count];
    }

    /// <summary>Gets the number of documents that have the term in a field of the view.</summary>
    public int Count { get; }

    /// <summary>Gets a value indicating whether there is an impact for every document.</summary>
    public bool IsCommon { get; }

    /// <summary>Gets the documents in order; none of a common term.</summary>
    public ReadOnlySpan<int> Documents => _documents;

    /// <summary>Gets the impacts: by document of a common term, or one for each of <see cref="Documents"/>.</summary>
    public ReadOnlySpan<ushort> Impacts => _impacts;

    /// <summary>Sets an entry.</summary>
    /// <param name="entry">The entry, from 0; in the order of the documents.</param>
    /// <param name="document">The document.</param>
    /// <param name="impact">What the term counts in it; not 0.</param>
    public void Set(int entry, int document, ushort impact)
    {
        if (IsCommon)
        {
            _impacts[document] = impact;
            return;
        }

        _documents[entry] = document;
        _impacts[entry] = impact;
    }

    /// <summary>Gets what the term counts in a document; 0 where it does not stand.</summary>
    public ushort ImpactIn(int document)
    {
        if (IsCommon)
            return _impacts[document];
        int at = _documents.AsSpan().BinarySearch(document);
        return at < 0 ? (ushort)0 : _impacts[at];
    }
}
