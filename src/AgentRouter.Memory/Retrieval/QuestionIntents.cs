using AgentRouter.Memory.Index;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Reads what a question is after. English: a question in another language is after nothing in particular, and is answered by its words.</summary>
internal static class QuestionIntents
{
    private const int LongestName = 4;

    // between "which" and what it asks for: "which two blue bicycles"
    private const int BeforeNoun = 3;

    private static readonly HashSet<string> Reasons = ["why", "reason", "reasons", "cause", "caused", "causes", "motivated", "inspired", "prompted", "led", "consequence", "consequences"];
    private static readonly HashSet<string> Several = ["all", "both", "list", "kinds", "types", "sorts", "every"];
    private static readonly HashSet<string> Asking = ["what", "which"];

    // the noun is over where its verb begins
    private static readonly HashSet<string> Verbs = ["does", "did", "do", "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "should"];

    /// <summary>Reads them.</summary>
    /// <param name="words">The words in their order, in plain lower case.</param>
    /// <param name="index">What is asked, which knows names.</param>
    /// <param name="namesSpeaker">Whether somebody is named who speaks.</param>
    /// <param name="isTemporal">Whether it asks for a time or names one.</param>
    public static MemoryIntent Of(IReadOnlyList<string> words, MemoryIndex index, bool namesSpeaker, bool isTemporal)
    {
        MemoryIntent intent = isTemporal ? MemoryIntent.Temporal : MemoryIntent.Plain;
        if (namesSpeaker || NamesThing(words, index))
            intent |= MemoryIntent.Entity;
        if (words.Any(Reasons.Contains))
            intent |= MemoryIntent.Causal;
        if (words.Any(Several.Contains) || AsksForSeveral(words))
            intent |= MemoryIntent.MultiHop;
        return intent;
    }

    private static bool NamesThing(IReadOnlyList<string> words, MemoryIndex index)
    {
        for (int start = 0; start < words.Count; start++)
        {
            for (int length = 1; length <= Math.Min(LongestName, words.Count - start); length++)
            {
                if ((length > 1 || !MemoryStopWords.Contains(words[start])) && index.FindConcept(ConceptKeys.NumberOfName(string.Join(' ', words.Skip(start).Take(length)))) is not null)
                    return true;
            }
        }

        return false;
    }

    // "how many", "which books", "what musical instruments"
    private static bool AsksForSeveral(IReadOnlyList<string> words)
    {
        for (int at = 0; at < words.Count - 1; at++)
        {
            if (words[at] == "how" && words[at + 1] == "many")
                return true;
            if (Asking.Contains(words[at]) && words.Skip(at + 1).Take(BeforeNoun).TakeWhile(word => !Verbs.Contains(word)).Any(IsPlural))
                return true;
        }

        return false;
    }

    private static bool IsPlural(string word) => word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i');
}
