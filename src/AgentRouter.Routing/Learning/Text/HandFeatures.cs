namespace AgentRouter.Routing.Learning.Text;

/// <summary>What can be counted in a prompt without knowing its words: sizes, numbers, classes of cue words, the shape of
/// multiple-choice options, the last question. Counts are logarithms of one plus the count.</summary>
internal sealed class HandFeatures
{
    private static readonly uint WhichHash = WordHash.Of("which"), OfHash = WordHash.Of("of"), TheHash = WordHash.Of("the"), FollowingHash = WordHash.Of("following"),
        HowHash = WordHash.Of("how"), ManyHash = WordHash.Of("many"), MuchHash = WordHash.Of("much"), WhatHash = WordHash.Of("what"), IfHash = WordHash.Of("if"),
        NoneHash = WordHash.Of("none"), AllHash = WordHash.Of("all"), BothHash = WordHash.Of("both");

    private readonly HashSet32 _words = new(8_192);
    private readonly HashSet32 _numbers = new(8_192);
    private readonly HashSet32 _optionWords = new(8_192);
    private readonly int[] _cues = new int[(int)Cue.Count];

    /// <summary>Gets the names in the order of the values; trained files hold them, so a name is not used again for another meaning.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "characters", "stemCharacters", "words", "wordsPerSentence", "sentences", "numbers", "distinctNumbers", "largestNumber", "nonIntegers",
        "digitShare", "capitalShare", "symbolShare", "wordLength", "distinctWordShare", "stopWordShare", "longWordShare",
        "percentSigns", "dollarSigns", "fractions", "multiples", "comparisons", "eachWords", "conditions", "negations", "totals", "remainders",
        "rates", "timeUnits", "onlyWords", "startWords", "changes", "newlines", "blanks", "questionMarks", "truthWords", "whichOfTheFollowing",
        "romanNumerals", "mathsSigns", "codeTokens", "definitions",
        "options", "optionWords", "optionWordsSpread", "longestOption", "numericOptions", "allNoneBothOptions", "capitalOptions", "distinctOptionWords", "optionStemOverlap",
        "asksHowMany", "asksHowMuch", "asksWhat", "lastSentenceWords", "lastSentenceHasIf",
    ];

    /// <summary>Computes the features.</summary>
    /// <param name="scan">The prompt.</param>
    /// <param name="values">Room for one value for each name.</param>
    public void Read(PromptScan scan, Span<float> values)
    {
        int at = 0;
        Sizes(scan, values, ref at);
        Cues(scan, values, ref at);
        Options(scan, values, ref at);
        LastSentence(scan, values, ref at);
    }

    private void Sizes(PromptScan scan, Span<float> values, ref int at)
    {
        _words.Clear();
        _numbers.Clear();
        Array.Clear(_cues);
        int numbers = 0, letters = 0, words = 0, longWords = 0, nonIntegers = 0;
        double largest = 0;
        foreach (ref readonly ScannedWord word in scan.Words)
        {
            if (word.IsNumber)
            {
                numbers++;
                _numbers.Add(word.Hash);
                largest = Math.Max(largest, word.Number);
                if (word.Number != Math.Floor(word.Number))
                    nonIntegers++;
                continue;
            }

            words++;
            letters += word.Length;
            _words.Add(word.Hash);
            _cues[(int)word.Cue]++;
            if (word.Length >= 9)
                longWords++;
        }

        double all = Math.Max(1, words), characters = Math.Max(1, scan.Seen);
        values[at++] = Log(scan.Length);
        values[at++] = Log(scan.StemEnd == scan.Seen ? scan.Length : scan.StemEnd);
        values[at++] = Log(words);
        values[at++] = (float)(words / (double)Math.Max(1, scan.Sentences));
        values[at++] = Log(scan.Sentences);
        values[at++] = Log(numbers);
        values[at++] = Log(_numbers.Count);
        values[at++] = Log(largest);
        values[at++] = Log(nonIntegers);
        values[at++] = (float)(scan.Digits / characters);
        values[at++] = (float)(scan.Capitals / characters);
        values[at++] = (float)(scan.Symbols / characters);
        values[at++] = (float)(letters / all);
        values[at++] = (float)(_words.Count / all);
        values[at++] = (float)(_cues[(int)Cue.Stop] / all);
        values[at++] = (float)(longWords / all);
    }

    private void Cues(PromptScan scan, Span<float> values, ref int at)
    {
        values[at++] = Log(scan.PercentSigns);
        values[at++] = Log(scan.DollarSigns);
        for (Cue cue = Cue.Fraction; cue <= Cue.Change; cue++)
            values[at++] = Log(_cues[(int)cue]);
        values[at++] = Log(scan.Newlines);
        values[at++] = Log(scan.Blanks);
        values[at++] = Log(scan.QuestionMarks);
        values[at++] = Log(_cues[(int)Cue.Truth]);
        values[at++] = HasWhichOfTheFollowing(scan.Words) ? 1 : 0;
        values[at++] = Log(_cues[(int)Cue.Roman]);
        values[at++] = Log(scan.MathsSigns);
        values[at++] = Log(scan.CodeSigns + _cues[(int)Cue.Code]);
        values[at++] = Log(_cues[(int)Cue.Definition]);
    }

    private static bool HasWhichOfTheFollowing(ReadOnlySpan<ScannedWord> words)
    {
        for (int i = 0; i + 3 < words.Length; i++)
        {
            if (words[i].Hash == WhichHash && words[i + 1].Hash == OfHash && words[i + 2].Hash == TheHash && words[i + 3].Hash == FollowingHash)
                return true;
        }

        return false;
    }

    private void Options(PromptScan scan, Span<float> values, ref int at)
    {
        if (scan.OptionCount == 0)
        {
            values.Slice(at, 9).Clear();
            at += 9;
            return;
        }

        _optionWords.Clear();
        _words.Clear();
        ReadOnlySpan<ScannedWord> words = scan.Words;
        int next = 0;
        for (; next < words.Length && words[next].Start < scan.StemEnd; next++)
            _words.Add(words[next].Hash);
        double sum = 0, squares = 0;
        int most = 0, numeric = 0, special = 0, capital = 0, all = 0, shared = 0, content = 0;
        foreach (PromptOption option in scan.Options)
        {
            int count = 0;
            bool isNumeric = false, isSpecial = false;
            for (; next < words.Length && words[next].Start < option.End; next++)
            {
                if (words[next].Start < option.Start)
                    continue;
                uint hash = words[next].Hash;
                if (count++ == 0)
                {
                    isNumeric = words[next].IsNumber;
                    isSpecial = hash == NoneHash || hash == AllHash || hash == BothHash;
                    capital += words[next].IsCapital ? 1 : 0;
                }

                _optionWords.Add(hash);
                if (words[next].Cue != Cue.Stop)
                {
                    content++;
                    shared += _words.Contains(hash) ? 1 : 0;
                }
            }

            all += count;
            sum += count;
            squares += (double)count * count;
            most = Math.Max(most, count);
            numeric += isNumeric && count <= 3 ? 1 : 0;
            special += isSpecial ? 1 : 0;
        }

        double options = scan.OptionCount, mean = sum / options;
        values[at++] = (float)options;
        values[at++] = Log(mean);
        values[at++] = Log(Math.Sqrt(Math.Max(0, squares / options - mean * mean)));
        values[at++] = Log(most);
        values[at++] = (float)(numeric / options);
        values[at++] = Log(special);
        values[at++] = (float)(capital / options);
        values[at++] = (float)(_optionWords.Count / (double)Math.Max(1, all));
        values[at++] = (float)(shared / (double)Math.Max(1, content));
    }

    private static void LastSentence(PromptScan scan, Span<float> values, ref int at)
    {
        int count = 0;
        bool many = false, much = false, what = false, hasIf = false;
        uint before = 0;
        foreach (ref readonly ScannedWord word in scan.Words)
        {
            if (word.Start < scan.LastSentence)
                continue;
            if (word.Start >= scan.StemEnd)
                break;
            count++;
            many |= before == HowHash && word.Hash == ManyHash;
            much |= before == HowHash && word.Hash == MuchHash;
            what |= word.Hash == WhatHash;
            hasIf |= word.Hash == IfHash;
            before = word.Hash;
        }

        values[at++] = many ? 1 : 0;
        values[at++] = much ? 1 : 0;
        values[at++] = what ? 1 : 0;
        values[at++] = Log(count);
        values[at++] = hasIf ? 1 : 0;
    }

    private static float Log(double count) => (float)Math.Log(1 + count);
}
