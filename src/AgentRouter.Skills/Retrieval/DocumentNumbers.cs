using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Retrieval;

/// <summary>Numbers the documents of an index through all its segments.</summary>
internal sealed class DocumentNumbers
{
    private readonly SkillIndex _index;
    private readonly int[] _starts;

    /// <summary>Numbers the documents of an index.</summary>
    public DocumentNumbers(SkillIndex index)
    {
        _index = index;
        _starts = new int[index.Segments.Count];
        var hidden = new List<int>();
        for (int s = 0; s < _starts.Length; s++)
        {
            LiveSegment segment = index.Segments[s];
            _starts[s] = Count;
            for (int document = 0; (segment.Removed ?? segment.Shadowed) is not null && document < segment.Skills.Count; document++)
            {
                if (segment.Removed?[document] == true || segment.Shadowed?[document] == true)
                    hidden.Add(Count + document);
            }

            Count += segment.Skills.Count;
        }

        Hidden = hidden;
    }

    /// <summary>Gets the number of documents, hidden ones among them.</summary>
    public int Count { get; }

    /// <summary>Gets the documents that are gone, and the copies.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>Gets the number of a segment's first document.</summary>
    public int StartOf(int segment) => _starts[segment];

    /// <summary>Gets the segment of a document.</summary>
    public int SegmentOf(int document)
    {
        int segment = _starts.AsSpan().BinarySearch(document);
        return segment >= 0 ? segment : ~segment - 1;
    }

    /// <summary>Gets a document's skill.</summary>
    public IndexedSkill Skill(int document)
    {
        int segment = SegmentOf(document);
        return _index.Segments[segment].Skills[document - _starts[segment]];
    }

    /// <summary>Compares the ids of two skills: the order of what is ranked alike.</summary>
    public int CompareIds(int left, int right) => string.CompareOrdinal(Skill(left).Id, Skill(right).Id);
}
