using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Context;

/// <summary>Finds where a text that is too long to be shown whole says what it was found for.</summary>
internal static class NoteExcerpt
{
    // so much of what stands before says what it is about
    private const int Before = 80;

    /// <summary>Leaves out what stands before the sentence that has most words of the questions, and the sentence before it where that is short.</summary>
    /// <param name="text">The text.</param>
    /// <param name="questions">What was looked for.</param>
    public static string Of(string text, IEnumerable<string> questions)
    {
        HashSet<ulong> wanted = [.. questions.SelectMany(TermsOf)];
        int best = 0, most = 0, before = 0;
        foreach (Range sentence in SentencesOf(text))
        {
            int count = TermsOf(text[sentence]).Distinct().Count(wanted.Contains), at = sentence.Start.Value;
            if (count > most)
                (best, most) = (at - before <= Before ? before : at, count);
            before = at;
        }

        return best == 0 ? text : "…" + text[best..].TrimStart();
    }

    private static IEnumerable<Range> SentencesOf(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            int end = text.AsSpan(at).IndexOfAny('.', '\n') is >= 0 and var found ? at + found + 1 : text.Length;
            yield return at..end;
            at = end;
        }
    }

    private static IEnumerable<ulong> TermsOf(string text)
    {
        var scanner = new TermScanner();
        scanner.Read(text);
        return [.. scanner.Words.Select(word => word.Number).Where(number => number != 0)];
    }
}
