namespace AgentRouter.Skills.Index;

/// <summary>Which terms stand how often in which fields of a number of documents. Never changes; what is derived from it for ranking is in
/// <see cref="SegmentPostings"/>.</summary>
/// <remarks>Terms are numbered by their place in a sorted list, documents one after the other. For each term there is a list of its documents:
/// the distance from the one before, a mark of the fields, a count for each; about five bytes for a term in a document.</remarks>
internal sealed class IndexSegment
{
    private readonly ulong[] _terms;
    private readonly int[] _ends;
    private readonly byte[] _lists;
    private readonly int[] _lengths;

    /// <summary>Makes a segment of its parts, as they are in a file.</summary>
    /// <param name="terms">The numbers of the terms, ascending.</param>
    /// <param name="ends">Where the list of each term ends.</param>
    /// <param name="lists">The lists.</param>
    /// <param name="lengths">The lengths of each document's fields.</param>
    public IndexSegment(ulong[] terms, int[] ends, byte[] lists, int[] lengths)
    {
        (_terms, _ends, _lists, _lengths) = (terms, ends, lists, lengths);
        for (int i = 0; i < lengths.Length; i++)
            FieldTotals[i % DocumentTerms.MaxFields] += lengths[i];
    }

    /// <summary>Gets the number of documents.</summary>
    public int Documents => _lengths.Length / DocumentTerms.MaxFields;

    /// <summary>Gets the terms, ascending.</summary>
    public ReadOnlySpan<ulong> Terms => _terms;

    /// <summary>Gets where the list of each term ends.</summary>
    public ReadOnlySpan<int> Ends => _ends;

    /// <summary>Gets the lists of all terms.</summary>
    public ReadOnlySpan<byte> Lists => _lists;

    /// <summary>Gets the lengths of the fields of all documents, one document after the other.</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>Gets the lengths of each field over all documents.</summary>
    public long[] FieldTotals { get; } = new long[DocumentTerms.MaxFields];

    /// <summary>Finds a term.</summary>
    /// <returns>Its place, or a negative number.</returns>
    public int Find(ulong term) => _terms.AsSpan().BinarySearch(term);

    /// <summary>Walks over the documents that have a term.</summary>
    /// <param name="term">The term, by its place.</param>
    public PostingCursor Read(int term) => new(_lists.AsSpan((term == 0 ? 0 : _ends[term - 1]).._ends[term]));

    /// <summary>Gets the lengths of a document's fields, in terms.</summary>
    public ReadOnlySpan<int> LengthsOf(int document) => _lengths.AsSpan(document * DocumentTerms.MaxFields, DocumentTerms.MaxFields);
}
