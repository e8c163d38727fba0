namespace AgentRouter.Routing.Learning.Text;

/// <summary>A prompt cut into words, with what a single look at its characters tells. One object is used for many prompts and
/// allocates nothing after it is made. Not for several threads at once.</summary>
internal sealed class PromptScan
{
    /// <summary>The most characters that are looked at: half from the beginning, half from the end.</summary>
    public const int MaxCharacters = 1_200;

    private readonly char[] _cut = new char[MaxCharacters];
    private readonly ScannedWord[] _words = new ScannedWord[MaxCharacters];
    private readonly PromptOption[] _options = new PromptOption[MaxOptions];

    /// <summary>The most options of a multiple-choice question, A to J.</summary>
    public const int MaxOptions = 10;

    /// <summary>Gets the characters of the whole prompt.</summary>
    public int Length { get; private set; }

    /// <summary>Gets the characters that were looked at.</summary>
    public int Seen { get; private set; }

    /// <summary>Gets where the options begin; the end of the text when there are none.</summary>
    public int StemEnd { get; private set; }

    /// <summary>Gets the number of words.</summary>
    public int WordCount { get; private set; }

    /// <summary>Gets the words in their order.</summary>
    public ReadOnlySpan<ScannedWord> Words => _words.AsSpan(0, WordCount);

    /// <summary>Gets the options of a multiple-choice question.</summary>
    public ReadOnlySpan<PromptOption> Options => _options.AsSpan(0, OptionCount);

    public int OptionCount { get; private set; }
    public int Sentences { get; private set; }
    public int Digits { get; private set; }
    public int Capitals { get; private set; }
    public int Symbols { get; private set; }
    public int Letters { get; private set; }
    public int PercentSigns { get; private set; }
    public int DollarSigns { get; private set; }
    public int Newlines { get; private set; }
    public int Blanks { get; private set; }
    public int QuestionMarks { get; private set; }
    public int MathsSigns { get; private set; }
    public int CodeSigns { get; private set; }

    /// <summary>Gets the first character of the stem's last sentence, in the text that was looked at.</summary>
    public int LastSentence { get; private set; }

    /// <summary>Looks at a prompt.</summary>
    public void Read(string prompt)
    {
        ReadOnlySpan<char> text = Cut(prompt);
        Length = prompt.Length;
        Seen = text.Length;
        FindOptions(text);
        Walk(text);
    }

    private ReadOnlySpan<char> Cut(string prompt)
    {
        if (prompt.Length <= MaxCharacters)
            return prompt;
        const int head = MaxCharacters / 2;
        prompt.AsSpan(0, head).CopyTo(_cut);
        prompt.AsSpan(prompt.Length - (MaxCharacters - head - 1)).CopyTo(_cut.AsSpan(head + 1));
        _cut[head] = ' ';
        return _cut;
    }

    // lines such as "A. text", "(B) text", "c) text", in the alphabet's order from A
    private void FindOptions(ReadOnlySpan<char> text)
    {
        OptionCount = 0;
        StemEnd = text.Length;
        int line = 0;
        while (line < text.Length && OptionCount < MaxOptions)
        {
            int length = text[line..].IndexOf('\n');
            int end = length < 0 ? text.Length : line + length;
            int at = line;
            while (at < end && text[at] is ' ' or '\t' or '(')
                at++;
            if (at + 2 < end && (text[at] | 0x20) == 'a' + OptionCount && text[at + 1] is '.' or ')' or ':')
            {
                if (OptionCount == 0)
                    StemEnd = line;
                _options[OptionCount++] = new PromptOption(at + 2, end);
            }

            line = end + 1;
        }

        // a list with one letter is no choice
        if (OptionCount == 1)
        {
            OptionCount = 0;
            StemEnd = text.Length;
        }
    }

    private void Walk(ReadOnlySpan<char> text)
    {
        WordCount = Sentences = Digits = Capitals = Symbols = Letters = PercentSigns = DollarSigns = Newlines = Blanks = QuestionMarks = MathsSigns = CodeSigns = 0;
        LastSentence = 0;
        int sentence = 0;
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            if (c == ' ')
            {
                i++;
                continue;
            }

            if (char.IsLetter(c))
            {
                i = Word(text, i);
                continue;
            }

            if (char.IsAsciiDigit(c))
            {
                i = Number(text, i);
                continue;
            }

            i++;
            if (c == '\n')
            {
                Newlines++;
                continue;
            }

            if (c is '.' or '?' or '!' && (i >= text.Length || char.IsWhiteSpace(text[i])))
            {
                Sentences++;
                // what follows is a sentence only if the stem goes on
                if (i <= StemEnd)
                {
                    if (HasWords(text, sentence, i))
                        LastSentence = sentence;
                    sentence = i;
                }
            }

            Sign(c);
        }

        if (HasWords(text, sentence, Math.Min(StemEnd, text.Length)))
            LastSentence = sentence;
    }

    // "Answer:" and the like at the end are no sentence
    private bool HasWords(ReadOnlySpan<char> text, int from, int to)
    {
        int words = 0;
        for (int w = WordCount - 1; w >= 0 && _words[w].Start >= from; w--)
        {
            if (_words[w].Start < to && ++words == 3)
                return text.Length > 0;
        }

        return false;
    }

    private void Sign(char c)
    {
        switch (c)
        {
            case '%':
                PercentSigns++;
                break;
            case '$':
                DollarSigns++;
                break;
            case '_':
                Blanks++;
                break;
            case '?':
                QuestionMarks++;
                break;
            case '+' or '=' or '*' or '/' or '^' or '<' or '>' or '\\' or '√' or '∑' or '∫' or '≤' or '≥' or 'π' or '−' or '×' or '÷':
                MathsSigns++;
                break;
            case '{' or '}' or ';' or '[' or ']':
                CodeSigns++;
                break;
            default:
                break;
        }

        if (!char.IsWhiteSpace(c))
            Symbols++;
    }

    private int Word(ReadOnlySpan<char> text, int start)
    {
        int i = start, capitals = 0;
        uint hash = WordHash.Basis;
        for (; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsAsciiLetterLower(c))
            {
                hash = WordHash.Add(hash, c);
                continue;
            }

            if (!char.IsLetterOrDigit(c) && !(c == '\'' && i + 1 < text.Length && char.IsLetter(text[i + 1])))
                break;
            capitals += char.IsUpper(c) ? 1 : 0;
            hash = WordHash.Add(hash, c);
        }

        Capitals += capitals;
        Letters += i - start;
        _words[WordCount++] = new ScannedWord(start, i - start, hash, CueWords.Of(hash), -1, char.IsUpper(text[start]));
        return i;
    }

    private int Number(ReadOnlySpan<char> text, int start)
    {
        int i = start;
        double value = 0, unit = 1;
        bool isFraction = false;
        for (; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsAsciiDigit(c))
            {
                Digits++;
                if (isFraction)
                    value += (c - '0') * (unit /= 10);
                else
                    value = value * 10 + (c - '0');
            }
            else if (c is '.' or ',' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
            {
                isFraction |= c == '.';
            }
            else
            {
                break;
            }
        }

        _words[WordCount++] = new ScannedWord(start, i - start, WordHash.Of(text[start..i]), Cue.None, Math.Min(value, 1e12), false);
        return i;
    }
}

/// <summary>A word or a number of a prompt.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="Length">Its characters.</param>
/// <param name="Hash">Its hash, whatever its case.</param>
/// <param name="Cue">Its class.</param>
/// <param name="Number">Its value, or -1 for a word.</param>
/// <param name="IsCapital">It begins with a capital letter.</param>
internal readonly record struct ScannedWord(int Start, int Length, uint Hash, Cue Cue, double Number, bool IsCapital)
{
    public bool IsNumber => Number >= 0;
}

/// <summary>An option of a multiple-choice question: where its text begins and ends.</summary>
internal readonly record struct PromptOption(int Start, int End);
