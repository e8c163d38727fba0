using AgentRouter.Language;

namespace AgentRouter.Memory.Text;

/// <summary>Names speakers by 64 bits: by their plain words, so that <c>Zoë</c> and <c>zoe</c> are one.</summary>
internal static class SpeakerNames
{
    private const int Family = 18;

    /// <summary>Computes the number of a speaker's name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="scanner">Reads its words.</param>
    /// <returns>The number; 0 of a name without a word.</returns>
    public static ulong Number(string name, TermScanner scanner)
    {
        scanner.Read(name);
        return Number([.. scanner.Words.Select(word => scanner.TextOf(word).ToString())]);
    }

    /// <summary>Computes the number of a name of plain words.</summary>
    /// <param name="words">The words.</param>
    public static ulong Number(ReadOnlySpan<string> words)
    {
        ulong number = 0;
        foreach (string word in words)
            number = TermHash.Mix(number ^ TermHash.Of(word, Family));
        return words.IsEmpty ? 0 : Math.Max(1, number);
    }
}
