using AgentRouter.Language;

namespace AgentRouter.Skills.Text;

/// <summary>Condenses a task to the terms that say what it is about.</summary>
/// <remarks>Tasks are long: a thousand characters of which most say how the answer is to be written. Stop words go; a word that is said often
/// counts little more than once; a name in code marks counts half, since it is the task's own, but a path or address tells formats and tools.</remarks>
internal static class QueryTerms
{
    /// <summary>The longest query that is read, in characters; what is behind is left out.</summary>
    public const int MaxLength = 20_000;

    private const double CodeWeight = 0.5;

    /// <summary>Reads the terms of a query, in the order in which they are first said.</summary>
    /// <param name="query">The query.</param>
    /// <param name="kind">How words are stemmed.</param>
    public static IReadOnlyList<QueryTerm> Of(ReadOnlySpan<char> query, StemKind kind)
    {
        query = query[..Math.Min(query.Length, MaxLength)];
        var collector = new Collector(kind, InlineCode.Find(query));
        TermReader.Read(query, kind, ref collector);
        return collector.Terms;
    }

    private struct Collector(StemKind kind, List<(int Start, int End)> code) : ITermVisitor
    {
        private readonly Dictionary<ulong, int> _places = [];
        private int _next;

        public List<QueryTerm> Terms { get; } = [];

        public void Visit(ReadOnlySpan<char> term, ReadOnlySpan<char> word, int start)
        {
            if (IsStopWord(word))
                return;
            while (_next < code.Count && code[_next].End <= start)
                _next++;
            double weight = _next < code.Count && code[_next].Start <= start ? CodeWeight : 1;
            ulong number = Math.Max(1, TermHash.Of(term, (int)kind));
            if (_places.TryAdd(number, Terms.Count))
            {
                Terms.Add(new QueryTerm(number, word.ToString(), weight, weight));
                return;
            }

            QueryTerm known = Terms[_places[number]];
            Terms[_places[number]] = known with { Most = Math.Max(known.Most, weight), Sum = known.Sum + weight };
        }

        private static bool IsStopWord(ReadOnlySpan<char> word)
        {
            Span<char> lower = stackalloc char[TermReader.MaxWordLength];
            return StopWords.Contains(lower[..word.ToLowerInvariant(lower)]);
        }
    }
}
