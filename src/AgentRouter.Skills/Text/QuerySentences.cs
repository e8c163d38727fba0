namespace AgentRouter.Skills.Text;

/// <summary>Parts a query into its sentences and lines.</summary>
internal static class QuerySentences
{
    /// <summary>The shortest sentence, in characters.</summary>
    public const int ShortestLength = 20;

    /// <summary>The most sentences; a task that has more lists data.</summary>
    public const int Most = 64;

    /// <summary>Finds the sentences, in order.</summary>
    public static IReadOnlyList<string> Of(string query)
    {
        var sentences = new List<string>();
        int length = Math.Min(query.Length, QueryTerms.MaxLength);
        int start = 0;
        for (int i = 0; i < length && sentences.Count < Most; i++)
        {
            bool isEnd = i + 1 == length || query[i] == '\n' || (query[i] is '.' or '!' or '?' && char.IsWhiteSpace(query[i + 1]));
            if (!isEnd)
                continue;
            string sentence = query[start..(i + 1)].Trim();
            if (sentence.Length >= ShortestLength)
                sentences.Add(sentence);
            start = i + 1;
        }

        return sentences;
    }
}
