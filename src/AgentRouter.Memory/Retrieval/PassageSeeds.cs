using System.Runtime.InteropServices;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Retrieval.Aid;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Scores passages as places where a walk begins: by their words, by what they are about, where the question names it, and by what else helps.</summary>
/// <param name="index">The index.</param>
/// <param name="question">The question.</param>
/// <param name="scores">How well words match.</param>
/// <param name="withNames">Whether what the question names counts.</param>
/// <param name="aided">What helps beside words, if anything does.</param>
internal sealed class PassageSeeds(MemoryIndex index, QuestionReading question, LexicalScores scores, bool withNames, AidedSeeds? aided)
{
    private const float ByName = 0.4f;
    private const float ByTitle = 0.4f;

    // a name of one word may mean something else
    private const float OneWord = 0.6f;

    // so much rarity is a name for sure
    private const float Sure = 10;
    private const int LongestName = 8;

    // a walk begins at what was said about a name only where that is not half of a conversation
    private const int MostTurns = 30;

    private readonly Dictionary<ulong, float> _rarities = [];
    private readonly ulong[] _asked = [.. question.Terms.Select(term => term.Number)];
    private Dictionary<int, float>? _named;

    /// <summary>Finds the best places to begin.</summary>
    /// <param name="count">How many are wanted.</param>
    /// <returns>The nodes with their scores, the best first.</returns>
    public IReadOnlyList<(int Id, float Score)> Best(int count)
    {
        var ids = new List<int>();
        foreach (int id in scores.Nodes.Touched)
        {
            if (!index.IsSpoken(id))
                ids.Add(id);
        }

        // what matches by its name or meaning alone
        IEnumerable<int> others = aided is null ? [] : aided.Ids;
        ids.AddRange((withNames ? others.Union(Named.Keys) : others).Where(id => scores.Nodes[id] == 0));
        return [.. TopNodes.Of(CollectionsMarshal.AsSpan(ids), Of, count).Select(id => (id, Of(id)))];

        float Of(int id) => scores.Nodes[id] + BesideWords(id);
    }

    /// <summary>Computes what speaks for a passage beside its words.</summary>
    public float BesideWords(int id)
    {
        float score = aided?.Of(id) ?? 0;
        if (!withNames)
            return score;
        if (scores.Nodes[id] > 0)
        {
            IndexSegment segment = index.SegmentOf(id);
            score += ByTitle * TitleScore(segment.Nodes.TitleOf(id - segment.FirstId));
        }

        return score + (ByName * Named.GetValueOrDefault(id));
    }

    private float TitleScore(ReadOnlySpan<ulong> title)
    {
        // most titles have no word of the question
        if (!title.ContainsAny(_asked))
            return 0;
        float all = 0, found = 0;
        foreach (ulong term in title)
        {
            float rarity = Rarity(term);
            all += rarity;
            found += _asked.Contains(term) ? rarity : 0;
        }

        return all == 0 ? 0 : found / all * (found / all) * Math.Min(1, found / Sure);
    }

    private Dictionary<int, float> Named => _named ??= ByNames();

    // what is about a name that the question holds, the longest names first
    private Dictionary<int, float> ByNames()
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
        var about = new List<int>();
        int turns = 0;
        for (EdgeCursor edges = index.EdgesOf(concept, incoming: true); edges.MoveNext();)
        {
            if (edges.Kind == MemoryEdgeKind.About && (!index.IsSpoken(edges.Other) || ++turns <= MostTurns))
                about.Add(edges.Other);
        }

        float score = words.Length > 1 ? 1 : OneWord * Math.Min(1, (MemoryStopWords.Contains(words[0]) ? 0 : Rarity(TermOf(words[0]))) / Sure);
        foreach (int id in turns <= MostTurns ? about : about.Where(id => !index.IsSpoken(id)))
            named[id] = Math.Max(named.GetValueOrDefault(id), score);
        return about.Count > 0;
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
