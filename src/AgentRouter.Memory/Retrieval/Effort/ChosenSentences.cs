using System.Globalization;
using System.Text;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Text;
using AgentRouter.Memory.Use;
using AgentRouter.Prompts;

namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>Tells evidence by the sentences of it that say most about the question: word for word, without a model.</summary>
/// <remarks>Each time the sentence is taken that holds most of what no sentence before it held, by how rare the words are in the evidence: greedy choice is near the best there is
/// for coverage (G. Nemhauser, L. Wolsey, M. Fisher, 1978; for summaries: H. Lin, J. Bilmes, 2011).</remarks>
internal static class ChosenSentences
{
    private const int MaxSentence = 400;
    private const int MostSentences = 1_000;

    // of two sentences that say as much, that of the better evidence; and one word that is repeated is not nothing
    private const double OfPlace = 0.1;

    // a mark in front, the number behind
    private const int FrameTokens = 4;

    /// <summary>Chooses sentences.</summary>
    /// <param name="question">The question.</param>
    /// <param name="items">The evidence, the first with the number 1.</param>
    /// <param name="tokens">The most tokens that they have together, at four bytes a token.</param>
    /// <returns>The sentences in the order of the evidence, each with its number; <see langword="null"/> where none fits or holds a word of the question.</returns>
    public static RecallSummary? Of(string question, IReadOnlyList<RecalledItem> items, int tokens)
    {
        var scanner = new TermScanner();
        HashSet<ulong> asked = TermsOf(scanner, question);
        Sentence[] sentences = [.. items.SelectMany((item, place) => SentencesOf(item.Node.Text).Select((text, at) => new Sentence(place + 1, at, text, TermsOf(scanner, text)))).Take(MostSentences)];
        Dictionary<ulong, double> weights = asked.ToDictionary(term => term, term => Math.Log(1 + ((double)sentences.Length / (1 + sentences.Count(each => each.Terms.Contains(term))))));
        var chosen = new List<Sentence>();
        var left = sentences.ToList();
        int room = tokens;
        while (left.Count > 0)
        {
            left.RemoveAll(each => TokensOf(each) > room);
            if (left.Select(each => (Sentence: each, Gain: Gain(each, weights, items.Count))).Where(each => each.Gain > 0).OrderByDescending(each => each.Gain).FirstOrDefault().Sentence is not { } best)
                break;
            chosen.Add(best);
            left.Remove(best);
            room -= TokensOf(best);
            foreach (ulong term in best.Terms.Where(weights.ContainsKey))
                weights[term] *= OfPlace;
        }

        if (chosen.Count == 0)
            return null;
        var text = new StringBuilder();
        foreach (Sentence each in chosen.OrderBy(each => each.Note).ThenBy(each => each.At))
            text.Append(text.Length == 0 ? "" : " ").Append(each.Text).Append(CultureInfo.InvariantCulture, $" [{each.Note}]");
        return new RecallSummary(text.ToString(), [.. chosen.Select(each => each.Note).Distinct().Order()]);
    }

    private static double Gain(Sentence sentence, Dictionary<ulong, double> weights, int items)
    {
        double words = sentence.Terms.Sum(term => weights.GetValueOrDefault(term));
        return words == 0 ? 0 : words * (1 + (OfPlace * (items - sentence.Note) / items));
    }

    private static int TokensOf(Sentence sentence) => FrameTokens + MemoryPrompt.TokensOf(sentence.Text);

    private static HashSet<ulong> TermsOf(TermScanner scanner, string text)
    {
        scanner.Read(text);
        return [.. scanner.Words.Where(word => word.IsContent).Select(word => word.Number)];
    }

    // a sign that ends a sentence with a gap behind it; of a text without any, what fits a line
    private static IEnumerable<string> SentencesOf(string text)
    {
        int start = 0;
        for (int at = 0; at < text.Length; at++)
        {
            bool ends = text[at] is '\n' || (text[at] is '.' or '!' or '?' or '…' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]))) || text[at] is '。' or '！' or '？';
            if (!ends && at + 1 < text.Length)
                continue;
            string sentence = PromptLine.Of(SafeText.Of(text[start..(at + 1)]), MaxSentence);
            // what looks like a number of the evidence is none
            if (sentence.Length > 0)
                yield return sentence.Replace('[', '(').Replace(']', ')');
            start = at + 1;
        }
    }

    private sealed record Sentence(int Note, int At, string Text, HashSet<ulong> Terms);
}
