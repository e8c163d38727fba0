using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Ranking;

namespace AgentRouter.Skills.Index;

/// <summary>A segment of an index with what has become of its documents since. Never changes: what comes or goes makes a new one.</summary>
internal sealed record LiveSegment
{
    private readonly Lazy<Dictionary<string, int>> _byId;
    private readonly Lazy<ILookup<string, int>> _byName;
    private int[] _gone = [];

    /// <summary>Makes a segment of new documents.</summary>
    public LiveSegment(IndexSegment terms, IndexedSkill[] skills)
    {
        (Terms, Skills, Live) = (terms, skills, skills.Length);
        FieldTotals = [.. terms.FieldTotals];
        _byId = new(() => Enumerable.Range(0, skills.Length).ToDictionary(document => skills[document].Id));
        _byName = new(() => Enumerable.Range(0, skills.Length).ToLookup(document => skills[document].Name));
    }

    /// <summary>Gets the documents' terms.</summary>
    public IndexSegment Terms { get; }

    /// <summary>Gets the skills, by document.</summary>
    public IReadOnlyList<IndexedSkill> Skills { get; }

    /// <summary>Gets the lists for ranking, once it is ready.</summary>
    public SegmentPostings? Postings { get; private init; }

    /// <summary>Gets the documents' vectors, or <see langword="null"/> where the index has none.</summary>
    public SegmentVectors? Vectors { get; init; }

    /// <summary>Gets the documents that are gone, or <see langword="null"/> where none is.</summary>
    public bool[]? Removed { get; private init; }

    /// <summary>Gets the documents that are copies of another skill, or <see langword="null"/> where none is.</summary>
    public bool[]? Shadowed { get; init; }

    /// <summary>Gets the number of documents that are not gone.</summary>
    public int Live { get; private init; }

    /// <summary>Gets the lengths of each field over the documents that are not gone.</summary>
    public long[] FieldTotals { get; private init; }

    /// <summary>Gets the names that several documents have.</summary>
    public IEnumerable<string> RepeatedNames
    {
        get
        {
            var seen = new HashSet<string>(Skills.Count);
            return [.. Skills.Where(skill => !seen.Add(skill.Name)).Select(skill => skill.Name).Distinct()];
        }
    }

    /// <summary>Finds the document with an id that is not gone.</summary>
    public int? FindId(string id) => _byId.Value.TryGetValue(id, out int document) && Removed?[document] != true ? document : null;

    /// <summary>Finds the documents with a name that are not gone.</summary>
    public IEnumerable<int> FindName(string name) => _byName.Value[name].Where(document => Removed?[document] != true);

    /// <summary>Gets the number of documents that have a term in a field of a view and are not gone.</summary>
    public int Documents(int view, int term) => Postings!.Documents(view, term, _gone);

    /// <summary>Makes the segment ready for ranking, if it was not under these mean lengths.</summary>
    public LiveSegment Ready(RankingRecipe recipe, MeanLengths means) =>
        means.Equals(Postings?.Means) ? this : this with { Postings = new SegmentPostings(Terms, recipe, means) };

    /// <summary>Takes documents out.</summary>
    public LiveSegment Without(IReadOnlyCollection<int> documents)
    {
        bool[] removed = Removed is null ? new bool[Skills.Count] : [.. Removed];
        long[] totals = [.. FieldTotals];
        foreach (int document in documents)
        {
            removed[document] = true;
            for (int field = 0; field < totals.Length; field++)
                totals[field] -= Terms.LengthsOf(document)[field];
        }

        return this with { Removed = removed, _gone = [.. _gone, .. documents], FieldTotals = totals, Live = Live - documents.Count };
    }

    /// <summary>Puts segments together and leaves out what is gone.</summary>
    public static LiveSegment Merge(IReadOnlyList<LiveSegment> segments) => new(
        SegmentMerger.Merge([.. segments.Select(segment => (segment.Terms, segment.Removed))]),
        [.. segments.SelectMany(segment => segment.Skills.Where((_, document) => segment.Removed?[document] != true))])
    {
        Vectors = segments is [{ Vectors: not null }, ..] ? SegmentVectors.Merge([.. segments.Select(segment => (segment.Vectors!, segment.Removed))]) : null,
    };
}
