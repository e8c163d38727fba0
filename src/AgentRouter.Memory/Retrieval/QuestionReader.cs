using AgentRouter.Language.Vectors;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Text;
using AgentRouter.Memory.Text.Times;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Reads what a question asks for.</summary>
internal static class QuestionReader
{
    // words of how a question is put, not of what it is about
    private const float OfForm = 0.3f;
    private const int LongestName = 4;

    private static readonly HashSet<ulong> Form = NumbersOf("type kind sort thing many much name mention describe say tell share long often ago according happen reason way");

    /// <summary>Reads a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="index">What it is asked of.</param>
    /// <param name="now">When it is asked.</param>
    public static QuestionReading Read(MemoryQuestion question, MemoryIndex index, DateTimeOffset now)
    {
        string text = question.Read;
        var scanner = new TermScanner();
        scanner.Read(text);
        string[] words = [.. scanner.Words.Select(word => scanner.TextOf(word).ToString())];
        (HashSet<ulong> speakers, HashSet<int> named) = SpeakersIn(words, index);
        var weights = new Dictionary<ulong, float>();
        for (int i = 0; i < words.Length; i++)
        {
            ulong term = scanner.Words[i].Number;
            if (term != 0 && !named.Contains(i))
                weights[term] = Form.Contains(term) ? OfForm : 1;
        }

        QuestionTerm[] terms = [.. weights.Select(each => new QuestionTerm(each.Key, each.Value * Rarity(index, each.Key)))];
        var meaning = new float[Int8Rows.StrideOf(WordVectors.Dimensions)];
        foreach (QuestionTerm term in terms)
            WordVectors.Add(term.Number, term.Weight, meaning);
        bool asksWhen = QuestionTime.Of(text).AsksForTime;
        IReadOnlyList<MemoryPeriod> periods = QuestionPeriods.Of(text, words, index, now);
        return new QuestionReading
        {
            Terms = terms,
            Words = words,
            Meaning = meaning[..WordVectors.Dimensions],
            Speaker = speakers.Count == 1 ? speakers.Single() : 0,
            AsksWhen = asksWhen,
            Periods = periods,
            Intent = QuestionIntents.Of(words, index, speakers.Count > 0, isTemporal: asksWhen || periods.Count > 0),
        };
    }

    /// <summary>Computes how rare a term is among the answers: the weight that BM25 gives it.</summary>
    public static float Rarity(MemoryIndex index, ulong term)
    {
        int count = index.CountWith(term), all = index.Lengths.Count;
        return count == 0 ? MathF.Log(Math.Max(2, all)) : MathF.Log(1 + (all - count + 0.5f) / (count + 0.5f));
    }

    private static (HashSet<ulong> Speakers, HashSet<int> Words) SpeakersIn(string[] words, MemoryIndex index)
    {
        var speakers = new HashSet<ulong>();
        var named = new HashSet<int>();
        for (int start = 0; start < words.Length; start++)
        {
            for (int length = Math.Min(LongestName, words.Length - start); length > 0; length--)
            {
                ulong number = SpeakerNames.Number(words.AsSpan(start, length));
                if (!index.HasSpeaker(number))
                    continue;
                speakers.Add(number);
                named.UnionWith(Enumerable.Range(start, length));
                break;
            }
        }

        return (speakers, named);
    }

    private static HashSet<ulong> NumbersOf(string words)
    {
        var scanner = new TermScanner();
        scanner.Read(words);
        return [.. scanner.Words.Select(word => word.Number)];
    }
}
