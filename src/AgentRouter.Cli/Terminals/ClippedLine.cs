using Spectre.Console;
using Spectre.Console.Rendering;

namespace AgentRouter.Cli.Terminals;

/// <summary>A line that is never wider than it may be: what does not fit is cut and marked.</summary>
/// <param name="width">The most characters.</param>
internal sealed class ClippedLine(int width)
{
    private readonly Paragraph _line = new();
    private int _left = width;

    /// <summary>Adds clean text.</summary>
    public ClippedLine Append(string text, Style? style = null)
    {
        string shown = Untrusted.Clip(text, _left);
        _left -= Math.Min(_left, shown.Length == 0 ? 0 : new Segment(shown).CellCount());
        _line.Append(shown, style ?? Style.Plain);
        return this;
    }

    /// <summary>Gets the line, to draw it.</summary>
    public Paragraph Paragraph => _line;
}
