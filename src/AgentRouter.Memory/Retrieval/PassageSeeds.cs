using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Scores passages as places where a walk begins: by their words, and by what they are about, where the question names it.</summary>
internal sealed class PassageSeeds(MemoryIndex index, QuestionReading question, LexicalScores scores)
{
    private const float ByName = 0.4f;
    private const float ByTitle = 0.4f;

    // a name of one word may mean something else
    private const float OneWord = 0.6f;

    // so much rarity is a name for sure
    private const float Sure = 10;
    private const int LongestName = 8;

    private readonly Dictionary<ulong, float> _rarities = [];
    private readonly HashSet<ulong> _asked = [.. question.Terms.Select(term => term.Number)];

    /// <summary>Computes the scores of all passages that have any.</summary>
    /// <param name="withNames">Whether what the question names counts.</param>
    public Dictionary<int, float> Compute(bool withNames)
    {
        var seeds = new Dictionary<int, float>();
        foreach (int id in scores.Nodes.Touched)
        {
            IndexSegment segment = index.SegmentOf(id);
            int row = id - segment.FirstId;
            if ((segment.Nodes.Flags[row] & NodeFlags.Spoken) == 0)
                seeds[id] = scores.Nodes[id] + (withNames ? ByTitle * TitleScore(segment.Nodes.TitleOf(row)) : 0);
        }

        if (!withNames)
            return seeds;
        foreach ((int id, float named) in Named())
            seeds[id] = seeds.GetValueOrDefault(id) + ByName * named;
        return seeds;
    }

    private float TitleScore(ReadOnlySpan<ulong> title)
    {
        float all = 0, found = 0;
        foreach (ulong term in title)
        {
            float rarity = Rarity(term);
            all += rarity;
            found += _asked.Contains(term) ? rarity : 0;
        }

        return all == 0 ? 0 : found / all * (found / all) * Math.Min(1, found / Sure);
    }

    // what is about a name that the question holds, the longest names first
    private Dictionary<int, float> Named()
    {
        var named = new Dictionary<int, float>();
        IReadOnlyList<string> words = question.Words;
        for (int start = 0; start < words.Count;)
        {
            int length = Math.Min(LongestName, words.Count - start);
            while (length > 0 && !Add(named, words.Skip(start).Take(length).ToArray()))
                length--;
            start += Math.Max(1, length);
        }

        return named;
    }

    private bool Add(Dictionary<int, float> named, string[] words)
    {
        if (index.FindConcept(ConceptKeys.NumberOfName(string.Join(' ', words))) is not { } concept)
            return false;
        bool found = false;
        float score = words.Length > 1 ? 1 : OneWord * Math.Min(1, (MemoryStopWords.Contains(words[0]) ? 0 : Rarity(TermOf(words[0]))) / Sure);
        for (EdgeCursor edges = index.EdgesOf(concept, incoming: true); edges.MoveNext();)
        {
            if (edges.Kind != MemoryEdgeKind.About)
                continue;
            found = true;
            named[edges.Other] = Math.Max(named.GetValueOrDefault(edges.Other), score);
        }

        return found;
    }

    private static ulong TermOf(string word)
    {
        var scanner = new TermScanner();
        scanner.Read(word);
        return scanner.Words.Count == 1 ? scanner.Words[0].Number : 0;
    }

    private float Rarity(ulong term)
    {
        if (!_rarities.TryGetValue(term, out float rarity))
            _rarities[term] = rarity = QuestionReader.Rarity(index, term);
        return rarity;
    }
}
