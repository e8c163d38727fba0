using Spectre.Console;
using Spectre.Console.Rendering;

namespace AgentRouter.Cli.Terminals;

/// <summary>Text with a margin: a label, or spaces, before its first line, and as many spaces before all others. Unlike a grid
/// or a padder it leaves nothing at the ends of lines, so that output can be copied and compared.</summary>
/// <param name="label">What stands in the margin of the first line.</param>
/// <param name="style">The label's style.</param>
/// <param name="margin">The margin's width.</param>
/// <param name="text">The text.</param>
internal sealed class Hanging(string label, Style style, int margin, IRenderable text) : Renderable
{
    /// <summary>Makes an indented text.</summary>
    public Hanging(int margin, IRenderable text)
        : this("", Style.Plain, margin, text)
    {
    }

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(margin + 1, maxWidth), maxWidth);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        // a margin as wide as the terminal would leave no room to write
        int indent = Math.Min(margin, maxWidth / 2);
        var segments = new List<Segment>();
        List<SegmentLine> lines = Segment.SplitLines(text.Render(options, maxWidth - indent), maxWidth - indent);
        for (int i = 0; i < lines.Count; i++)
        {
            string before = i == 0 && label.Length > 0 ? Untrusted.Clip(label, indent).PadRight(indent) : lines[i].Count == 0 ? "" : new string(' ', indent);
            if (before.Length > 0)
                segments.Add(new Segment(before, style));
            segments.AddRange(lines[i]);
            segments.Add(Segment.LineBreak);
        }

        return segments;
    }
}
