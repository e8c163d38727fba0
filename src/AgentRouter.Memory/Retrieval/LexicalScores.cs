using System.Runtime.InteropServices;
using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval;

/// <summary>How well the words of nodes, and of whole sources, match a question: BM25, as a share of what a match of every word would have without its lengths.</summary>
/// <remarks>S. Robertson, H. Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009. As shares, scores of different questions are alike, and
/// constants that they are weighed with hold for all.</remarks>
internal sealed class LexicalScores
{
    // so many nodes are more than are looked at closely by far: common words only tell those apart
    private const int Enough = 2_000;

    // and so many with one word cost little
    private const int Few = 20_000;

    private readonly Dictionary<int, float> _sources = [];

    private LexicalScores(int end) => Nodes = new ScoreBoard(end);

    /// <summary>Gets the scores of nodes; whoever asked for them gives the board back.</summary>
    public ScoreBoard Nodes { get; }

    /// <summary>Gets the scores of sources that have any.</summary>
    public IReadOnlyDictionary<int, float> Sources => _sources;

    /// <summary>Gets for each term of the question how strongly it is in each source that has it: 1 for a source of usual length that has it once, more for more.</summary>
    public IReadOnlyList<Dictionary<int, float>> TermsInSources { get; private set; } = [];

    /// <summary>Scores all nodes that have a word of a question.</summary>
    /// <param name="index">The index.</param>
    /// <param name="terms">The question's terms.</param>
    /// <param name="includeSuperseded">Whether nodes that hold no longer are scored too.</param>
    public static LexicalScores Of(MemoryIndex index, IReadOnlyList<QuestionTerm> terms, bool includeSuperseded)
    {
        var scores = new LexicalScores(index.EndId);
        float total = terms.Sum(term => term.Weight);
        if (total == 0)
            return scores;
        NodeFlags unwanted = includeSuperseded ? NodeFlags.Missing : NodeFlags.Missing | NodeFlags.Superseded;
        var termsInSources = new Dictionary<int, float>[terms.Count];
        int found = 0;
        foreach (int term in Enumerable.Range(0, terms.Count).OrderByDescending(at => terms[at].Weight))
        {
            bool bringsNew = found < Enough || index.CountWith(terms[term].Number) <= Few;
            var inSources = termsInSources[term] = [];
            foreach (IndexSegment segment in index.Segments)
                found += scores.Add(index, segment, terms[term], total, unwanted, bringsNew, inSources);
            scores.AddSources(index, terms[term].Weight / total, bringsNew, inSources);
        }

        scores.TermsInSources = termsInSources;
        return scores;
    }

    // how many nodes have the term
    private int Add(MemoryIndex index, IndexSegment segment, QuestionTerm term, float total, NodeFlags unwanted, bool bringsNew, Dictionary<int, float> inSources)
    {
        (int start, int end) = segment.Postings.Find(term.Number);
        ReadOnlySpan<int> rows = segment.Postings.Rows.AsSpan(start..end);
        ReadOnlySpan<byte> counts = segment.Postings.Counts.AsSpan(start..end);
        IndexedNodes nodes = segment.Nodes;
        float weight = term.Weight / total;
        int source = 0;
        float inSource = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            NodeFlags flags = nodes.Flags[row];
            if ((flags & unwanted) != 0 || (!bringsNew && Nodes[segment.FirstId + row] == 0))
                continue;
            float count = counts[i] / 10f;
            Saturation saturation = (flags & NodeFlags.Spoken) != 0 ? Saturation.Spoken : Saturation.Written;
            float mean = (flags & NodeFlags.Spoken) != 0 ? index.Lengths.SpokenMean : index.Lengths.WrittenMean;
            Nodes.Add(segment.FirstId + row, weight * saturation.Of(count, nodes.Lengths[row] / mean));
            if (nodes.Sources[row] != source)
            {
                Put(inSources, source, inSource);
                (source, inSource) = (nodes.Sources[row], 0);
            }

            inSource += count;
        }

        Put(inSources, source, inSource);
        return rows.Length;
    }

    private static void Put(Dictionary<int, float> inSources, int source, float count)
    {
        if (source != 0)
            CollectionsMarshal.GetValueRefOrAddDefault(inSources, source, out _) += count;
    }

    private void AddSources(MemoryIndex index, float weight, bool bringsNew, Dictionary<int, float> inSources)
    {
        foreach ((int source, float count) in inSources)
        {
            float strength = Saturation.Source.Of(count, index.LengthOfSource(source));
            inSources[source] = strength;
            if (!bringsNew && !_sources.ContainsKey(source))
                continue;
            CollectionsMarshal.GetValueRefOrAddDefault(_sources, source, out _) += weight * strength;
        }

    }
}
