namespace AgentRouter.Routing.Learning.Text;

/// <summary>The words and word pairs that a training set has more than once, by their hashes, with their inverse document
/// frequency: a prompt becomes a sparse row of length one. K. Spärck Jones, 1972.</summary>
internal sealed class Vocabulary
{
    /// <summary>The most words and word pairs that are kept: the ones in the most prompts.</summary>
    public const int MaxTerms = 1 << 16;

    private readonly HashIndex _index;
    private readonly float[] _weights;

    /// <summary>Makes a vocabulary.</summary>
    /// <param name="hashes">The hashes, each once.</param>
    /// <param name="frequencies">In how many prompts each is.</param>
    /// <param name="prompts">The number of prompts.</param>
    public Vocabulary(uint[] hashes, int[] frequencies, int prompts)
    {
        Hashes = hashes;
        Frequencies = frequencies;
        Prompts = prompts;
        _index = new HashIndex(hashes);
        _weights = [.. frequencies.Select(frequency => (float)(Math.Log((1.0 + prompts) / (1 + frequency)) + 1))];
    }

    /// <summary>Gets the hashes, ascending.</summary>
    public uint[] Hashes { get; }

    /// <summary>Gets in how many prompts each is.</summary>
    public int[] Frequencies { get; }

    /// <summary>Gets the number of prompts it was made of.</summary>
    public int Prompts { get; }

    /// <summary>Finds the words and word pairs that several prompts have in common.</summary>
    /// <param name="prompts">The prompts; <see langword="null"/> for rows that have none.</param>
    /// <param name="leastPrompts">In how many prompts a word has to be.</param>
    public static Vocabulary Of(IEnumerable<string?> prompts, int leastPrompts)
    {
        var frequencies = new Dictionary<uint, int>();
        var scan = new PromptScan();
        var seen = new HashSet<uint>();
        int count = 0;
        foreach (string? prompt in prompts)
        {
            if (prompt is null)
                continue;
            count++;
            scan.Read(prompt);
            seen.Clear();
            var terms = new TermEnumerator(scan.Words);
            while (terms.MoveNext())
            {
                if (seen.Add(terms.Current))
                    frequencies[terms.Current] = frequencies.GetValueOrDefault(terms.Current) + 1;
            }
        }

        uint[] hashes = [.. frequencies.Where(term => term.Value >= leastPrompts)
            .OrderByDescending(term => term.Value).ThenBy(term => term.Key).Take(MaxTerms).Select(term => term.Key).Order()];
        return new Vocabulary(hashes, [.. hashes.Select(hash => frequencies[hash])], count);
    }

    /// <summary>Makes the sparse row of a prompt.</summary>
    /// <param name="words">The prompt's words.</param>
    /// <param name="row">The row that is filled.</param>
    public void Read(ReadOnlySpan<ScannedWord> words, TermRow row)
    {
        row.Clear();
        var terms = new TermEnumerator(words);
        while (terms.MoveNext())
        {
            int position = _index.Find(terms.Current);
            if (position >= 0)
                row.Count(position);
        }

        row.Weigh(_weights);
    }
}
