using AgentRouter.Cli.Terminals;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AgentRouter.Cli.Presentation;

/// <summary>The few building blocks of all screens: titles, facts with labels, indented text.</summary>
internal sealed class Screen(IAnsiConsole console)
{
    private const int LabelWidth = 16;

    /// <summary>Gets the signs of the terminal.</summary>
    public Glyphs Glyphs { get; } = Glyphs.For(console.Profile.Capabilities);

    /// <summary>Gets the width of the terminal in characters.</summary>
    public int Width => console.Profile.Width;

    /// <summary>Writes an empty line.</summary>
    public void Gap() => console.WriteLine();

    /// <summary>Writes something drawn elsewhere.</summary>
    public void Write(IRenderable renderable) => console.Write(renderable);

    /// <summary>Writes a table.</summary>
    public void Write(ColumnTable table) => console.Write(table.Draw(console));

    /// <summary>Writes a line.</summary>
    public void Line(Paragraph paragraph)
    {
        console.Write(paragraph);
        console.WriteLine();
    }

    /// <summary>Writes a section's title with an empty line before it.</summary>
    /// <param name="title">The title.</param>
    /// <param name="facts">What is said beside it, muted.</param>
    public void Title(string title, string? facts = null)
    {
        Gap();
        var line = new Paragraph(title, Palette.Strong);
        if (facts is not null)
            line.Append("  " + facts, Palette.Muted);
        Line(line);
    }

    /// <summary>Writes a label and what is said of it; longer text goes on below itself.</summary>
    public void Fact(string label, IRenderable text) => console.Write(new Hanging("  " + label, Palette.Muted, LabelWidth, text));

    /// <summary>Writes indented text.</summary>
    public void Indented(int margin, string text, Style style) => console.Write(new Hanging(margin, new Text(text, style)));

    /// <summary>Writes a label and what is said of it.</summary>
    public void Fact(string label, string text, Style? style = null) => Fact(label, new Text(Untrusted.Line(text, 2_000), style ?? Palette.Plain));

    /// <summary>Writes text below a title: bounded, with a mark where it was cut.</summary>
    /// <param name="text">The text, as it came.</param>
    /// <param name="maxLines">The most lines of it.</param>
    /// <param name="more">What to say where it was cut.</param>
    public void Block(string text, int maxLines, string more)
    {
        string[] lines = [.. Lines(text)];
        Indented(2, string.Join('\n', lines.Take(maxLines)), Palette.Plain);
        if (lines.Length > maxLines)
            Indented(2, $"{Glyphs.Cut} {Numbers.Of(lines.Length - maxLines, "more line")}{more}", Palette.Muted);
    }

    // several empty lines are shown as one
    private static IEnumerable<string> Lines(string text)
    {
        bool wasEmpty = false;
        foreach (string line in Untrusted.Block(text).Trim('\n').Split('\n'))
        {
            bool isEmpty = line.AsSpan().Trim().IsEmpty;
            if (!isEmpty || !wasEmpty)
                yield return line.TrimEnd();
            wasEmpty = isEmpty;
        }
    }
}
