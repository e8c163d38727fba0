using AgentRouter.Routing.Learning.Text;

namespace AgentRouter.Routing.Policies.Capability;

/// <summary>Counts the words and signs of a request that tell what kind of work it is. Nothing is allocated.</summary>
internal readonly record struct WorkCues
{
    /// <summary>The most characters that are looked at: half from the beginning, half from the end.</summary>
    public const int MaxCharacters = 6_000;

    private static readonly (HashIndex Index, int CodeFrom, int FailureFrom, int TestFrom) Words = Build(
        // several steps of thought
        "prove proof derive why explain analyze analyse compare plan design architecture optimize optimise complexity algorithm strategy "
            + "tradeoff trade evaluate calculate compute solve equation probability theorem investigate research step steps",
        // programs
        "function method class interface code implement implementation refactor rename compile compiler api sql regex script program "
            + "library module package endpoint query schema type parameter variable loop",
        // what fails
        "error errors exception exceptions traceback fail fails failed failing failure bug bugs crash crashes crashed broken wrong incorrect "
            + "regression flaky fix debug stacktrace null segfault timeout deadlock leak",
        "test tests testing assert asserts assertion xunit pytest junit unittest ci");

    /// <summary>Gets the number of words of several steps of thought.</summary>
    public int Thought { get; private init; }

    /// <summary>Gets the number of words of programs.</summary>
    public int Code { get; private init; }

    /// <summary>Gets the number of words of failures.</summary>
    public int Failure { get; private init; }

    /// <summary>Gets the number of words of tests.</summary>
    public int Test { get; private init; }

    /// <summary>Gets the number of paths and file names.</summary>
    public int Paths { get; private init; }

    /// <summary>Gets the number of lines of stack traces.</summary>
    public int StackLines { get; private init; }

    /// <summary>Gets the number of code fences.</summary>
    public int Fences { get; private init; }

    /// <summary>Counts.</summary>
    public static WorkCues Of(ReadOnlySpan<char> text)
    {
        const int half = MaxCharacters / 2;
        return text.Length <= MaxCharacters ? Scan(text, default) : Scan(text[^half..], Scan(text[..half], default));
    }

    private static WorkCues Scan(ReadOnlySpan<char> text, WorkCues before)
    {
        int thought = before.Thought, code = before.Code, failure = before.Failure, test = before.Test, paths = before.Paths;
        int at = 0;
        while (at < text.Length)
        {
            if (!char.IsAsciiLetter(text[at]))
            {
                at++;
                continue;
            }

            int start = at;
            while (at < text.Length && char.IsAsciiLetter(text[at]))
                at++;
            if (IsPath(text, start, at))
                paths++;
            int word = Words.Index.Find(WordHash.Of(text[start..at]));
            if (word < 0)
                continue;
            if (word >= Words.TestFrom)
                test++;
            else if (word >= Words.FailureFrom)
                failure++;
            else if (word >= Words.CodeFrom)
                code++;
            else
                thought++;
        }

        return new WorkCues
        {
            Thought = thought,
            Code = code,
            Failure = failure,
            Test = test,
            Paths = paths,
            StackLines = before.StackLines + text.Count("\n   at ") + text.Count("\n    at ") + text.Count("File \""),
            Fences = before.Fences + text.Count("```"),
        };
    }

    // the word after a point that ends a file's name: Cart.cs, src/app.py; not "e.g." and not "end. Then"
    private static bool IsPath(ReadOnlySpan<char> text, int start, int end) =>
        start >= 2 && end - start is >= 1 and <= 5 && text[start - 1] == '.' && char.IsLetterOrDigit(text[start - 2])
        && char.IsAsciiLetterLower(text[start]) && (end == text.Length || (!char.IsLetterOrDigit(text[end]) && text[end] is not '.' and not '('));

    private static (HashIndex, int, int, int) Build(string thought, string code, string failure, string test)
    {
        uint[][] lists = [.. new[] { thought, code, failure, test }.Select(words => words.Split(' ').Select(word => WordHash.Of(word)).ToArray())];
        return (new HashIndex([.. lists.SelectMany(list => list)]), lists[0].Length, lists[0].Length + lists[1].Length, lists[0].Length + lists[1].Length + lists[2].Length);
    }
}
