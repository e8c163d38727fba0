using AgentRouter.Memory.Index;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Retrieval.Aid;

/// <summary>Adds what a model read in a question to what its words say.</summary>
internal static class HintedQuestion
{
    private const int MostTerms = 24;

    // what the question says itself counts more than what somebody else makes of it, word by word and together
    private const float OfWord = 0.5f;
    private const float OfAll = 0.5f;

    /// <summary>Adds it.</summary>
    /// <param name="reading">What the words of the question say.</param>
    /// <param name="hints">What a model read.</param>
    /// <param name="index">What it is asked of; words that nothing here holds are left out.</param>
    public static QuestionReading Of(QuestionReading reading, QuestionHints hints, MemoryIndex index)
    {
        var scanner = new TermScanner();
        var added = new Dictionary<ulong, float>();
        HashSet<ulong> known = [.. reading.Terms.Select(term => term.Number)];
        foreach (string text in hints.Names.Concat(hints.Phrases))
        {
            scanner.Read(text);
            foreach (ScannedTerm word in scanner.Words)
            {
                if (word.IsContent && added.Count < MostTerms && !known.Contains(word.Number) && index.CountWith(word.Number) > 0)
                    added[word.Number] = OfWord * QuestionReader.Rarity(index, word.Number);
            }
        }

        float own = reading.Terms.Sum(term => term.Weight), sum = added.Values.Sum();
        float scale = own > 0 && sum > OfAll * own ? OfAll * own / sum : 1;
        return reading with
        {
            Terms = [.. reading.Terms, .. added.Select(each => new QuestionTerm(each.Key, each.Value * scale))],
            Periods = [.. reading.Periods.Union(hints.Periods)],
            Intent = hints.Periods.Count > 0 ? reading.Intent | MemoryIntent.Temporal : reading.Intent,
        };
    }
}
