using AgentRouter.Cli.Terminals;
using AgentRouter.Memory.Text;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Ask;

/// <summary>Marks the words of a question in a text, in whatever form they stand there: <c>doctors</c> where it asked for a doctor.</summary>
internal sealed class QuestionWords
{
    private readonly HashSet<ulong> _terms = [];
    private readonly TermScanner _scanner = new();

    /// <summary>Reads the words of a question.</summary>
    public QuestionWords(string question)
    {
        _scanner.Read(question);
        _terms.UnionWith(_scanner.Words.Select(word => word.Number).Where(number => number != 0));
    }

    /// <summary>Marks them.</summary>
    /// <param name="text">Clean text.</param>
    public Paragraph Mark(string text)
    {
        var marked = new Paragraph();
        for (int at = 0; at < text.Length;)
        {
            bool isWord = char.IsLetterOrDigit(text[at]);
            int end = at + 1;
            while (end < text.Length && char.IsLetterOrDigit(text[end]) == isWord)
                end++;
            string part = text[at..end];
            marked.Append(part, isWord && IsAsked(part) ? Palette.Strong : Palette.Plain);
            at = end;
        }

        return marked;
    }

    private bool IsAsked(string word)
    {
        _scanner.Read(word);
        return _scanner.Words.Any(each => _terms.Contains(each.Number));
    }
}
