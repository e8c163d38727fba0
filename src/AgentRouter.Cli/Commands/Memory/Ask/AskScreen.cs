using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Retrieval;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Ask;

/// <summary>What was found for a question: evidence, the best first.</summary>
internal sealed class AskScreen(IAnsiConsole console)
{
    private const int Margin = 5;
    private const int MostText = 1_200;
    private const int MostName = 60;
    private readonly Screen _screen = new(console);

    /// <summary>Shows it.</summary>
    /// <param name="recall">What was found.</param>
    /// <param name="question">The question.</param>
    /// <param name="scopes">The scopes that were asked.</param>
    public void Show(MemoryRecall recall, string question, IReadOnlyCollection<MemoryScope> scopes)
    {
        if (recall is { Items.Count: 0, TooLong: > 0 })
            _screen.Line(new Paragraph($"{Numbers.Of(recall.TooLong, "piece")} {(recall.TooLong == 1 ? "was" : "were")} found, but none fits in so few tokens. Allow more with --tokens.", Palette.Warning));
        else if (recall.Items.Count == 0)
            _screen.Line(new Paragraph($"Nothing that {string.Join(" and ", scopes)} remember{(scopes.Count == 1 ? "s" : "")} has to do with the question.", Palette.Muted));
        else if (recall.Items.All(item => !item.HasWords && item.Path.Count <= 1))
            _screen.Line(new Paragraph("Nothing has the words of the question. Nearest in meaning, and perhaps no answer:", Palette.Warning));
        var words = new QuestionWords(question);
        for (int i = 0; i < recall.Items.Count; i++)
            Show(i + 1, recall.Items[i], words, scopes.Count > 1);
        if (recall.Unseen > 0)
        {
            _screen.Gap();
            _screen.Indented(0, $"{Numbers.Of(recall.Unseen, "node")} that {(recall.Unseen == 1 ? "was" : "were")} written just now {(recall.Unseen == 1 ? "is" : "are")} not searched yet. Ask again in a moment.", Palette.Warning);
        }
    }

    private void Show(int place, RecalledItem item, QuestionWords words, bool namesScope)
    {
        if (place > 1)
            _screen.Gap();
        string number = $"{Numbers.Count(place),3}  ";
        console.Write(new Hanging(number, Palette.Strong, Margin, Head(item, namesScope)));
        console.Write(new Hanging(Margin, words.Mark("“" + Shown(item.Node.Text) + "”")));
        if (item.Node.Attachment is { } attachment)
            console.Write(new Hanging(Margin, words.Mark("attached: " + Untrusted.Line(attachment, MostText))));
        console.Write(new Hanging(Margin, new Text(RecallWords.Of(item, _screen.Glyphs), Palette.Muted)));
    }

    // who, when, where from; what holds no longer
    private Paragraph Head(RecalledItem item, bool namesScope)
    {
        MemoryNode node = item.Node;
        var head = new Paragraph();
        string who = node.Speaker ?? node.Title ?? GraphWords.Of(node.Kind);
        head.Append(Untrusted.Line(who, MostName), Palette.Accent);
        string[] facts =
        [
            .. node.SaidAt is { } said ? [Moments.Of(said)] : Array.Empty<string>(),
            .. item.Source is { } source ? [Untrusted.Line(source.Key, MostName)] : Array.Empty<string>(),
            .. namesScope ? [item.Scope.ToString()] : Array.Empty<string>(),
            $"#{node.Id}",
        ];
        head.Append("  " + string.Join($" {_screen.Glyphs.Dot} ", facts), Palette.Muted);
        if (node.HeldUntil is { } until)
            head.Append($"  held until {Moments.Of(until)}", Palette.Warning);
        return head;
    }

    private string Shown(string text)
    {
        string clean = Untrusted.Line(text, MostText);
        return _screen.Glyphs.Cut == "…" || !clean.EndsWith('…') ? clean : clean[..^1] + _screen.Glyphs.Cut;
    }
}
