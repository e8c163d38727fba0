using AgentRouter.Cli.Terminals;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AgentRouter.Cli.Presentation;

/// <summary>A table without frames: a muted title line, rows, thin rules. One line a row at every width: what does not fit is
/// left out column by column, and the flexible column is cut.</summary>
internal sealed class ColumnTable(params Column[] columns)
{
    private const int Indent = 2;
    private const int Gap = 2;
    private const int LeastFlexible = 14;
    private readonly List<Cell[]?> _rows = [];

    /// <summary>Adds a row with a cell for each column.</summary>
    public ColumnTable Row(params Cell[] cells)
    {
        if (cells.Length != columns.Length)
            throw new ArgumentException($"The table has {columns.Length} columns; the row has {cells.Length} cells.", nameof(cells));
        _rows.Add(cells);
        return this;
    }

    /// <summary>Adds a thin rule.</summary>
    public ColumnTable Rule()
    {
        _rows.Add(null);
        return this;
    }

    /// <summary>Draws the table.</summary>
    /// <param name="console">Where it will be shown; its width and signs are used.</param>
    public IRenderable Draw(IAnsiConsole console)
    {
        Glyphs glyphs = Glyphs.For(console.Profile.Capabilities);
        int width = Math.Max(20, console.Profile.Width - 1) - Indent;
        List<int> shown = Shown(width);
        int[] widths = Widths(shown, width);
        int whole = shown.Sum(column => widths[column]) + (shown.Count - 1) * Gap;
        var lines = new List<IRenderable> { Line([.. columns.Select(column => new Cell(column.Header, Palette.Muted))], shown, widths, glyphs) };
        var rule = new Text(new string(' ', Indent) + new string(glyphs.Rule, Math.Min(whole, width)), Palette.Muted);
        lines.Add(rule);
        foreach (Cell[]? row in _rows)
            lines.Add(row is null ? rule : Line(row, shown, widths, glyphs));
        return new Rows(lines);
    }

    private List<int> Shown(int width)
    {
        List<int> shown = [.. Enumerable.Range(0, columns.Length).Where(column => !IsEmpty(column))];
        while (shown.Sum(column => columns[column].IsFlexible ? Math.Min(Natural(column), LeastFlexible) : Natural(column)) + (shown.Count - 1) * Gap > width)
        {
            int[] removable = [.. shown.Where(column => columns[column].LeaveOut is not null).OrderBy(column => columns[column].LeaveOut)];
            if (removable.Length == 0)
                break;
            shown.Remove(removable[0]);
        }

        return shown;
    }

    // a column that may be left out and says nothing is left out
    private bool IsEmpty(int column) => columns[column].LeaveOut is not null && _rows.TrueForAll(row => row is null || row[column].Text.Length == 0);

    private int Natural(int column) =>
        Math.Max(Width(columns[column].Header), _rows.Max(row => row is null ? 0 : Width(row[column].Text)));

    private int[] Widths(List<int> shown, int width)
    {
        int[] widths = [.. Enumerable.Range(0, columns.Length).Select(Natural)];
        int rest = width - (shown.Count - 1) * Gap - shown.Where(column => !columns[column].IsFlexible).Sum(column => widths[column]);
        int flexible = shown.Count(column => columns[column].IsFlexible);
        foreach (int column in shown.Where(column => columns[column].IsFlexible))
            widths[column] = Math.Min(widths[column], Math.Max(rest / flexible, 1));
        return widths;
    }

    private Paragraph Line(Cell[] cells, List<int> shown, int[] widths, Glyphs glyphs)
    {
        var line = new Paragraph(new string(' ', Indent));
        int end = shown.FindLastIndex(column => cells[column].Text.Length > 0);
        for (int i = 0; i <= end; i++)
        {
            int column = shown[i];
            string text = Cut(cells[column].Text, widths[column], glyphs);
            string padding = new(' ', Math.Max(0, widths[column] - Width(text)));
            bool isLast = i == end;
            if (columns[column].IsRight)
                line.Append(padding);
            line.Append(text, cells[column].Style ?? Palette.Plain);
            if (!columns[column].IsRight && !isLast)
                line.Append(padding);
            if (!isLast)
                line.Append(new string(' ', Gap));
        }

        line.Overflow = Overflow.Crop;
        return line;
    }

    private static string Cut(string text, int width, Glyphs glyphs)
    {
        if (Width(text) <= width)
            return text;
        int keep = text.Length;
        while (keep > 0 && Width(text[..keep]) > width - glyphs.Cut.Length)
            keep--;
        if (keep > 0 && char.IsHighSurrogate(text[keep - 1]))
            keep--;
        return text[..keep].TrimEnd() + glyphs.Cut;
    }

    private static int Width(string text) => text.Length == 0 ? 0 : new Segment(text).CellCount();
}
