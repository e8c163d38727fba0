using AgentRouter.Cli.Terminals;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AgentRouter.Cli.Presentation;

/// <summary>A table without frames: a muted title line, rows, thin rules. What does not fit is left out column by
/// column, and the flexible column is cut, or goes on in the next line where it may.</summary>
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

    /// <summary>Gets a value indicating whether a line below the table names the columns that were left out.</summary>
    public bool TellsLeftOut { get; init; }

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
        {
            if (row is null)
                lines.Add(rule);
            else
                lines.AddRange(Lines(row, shown, widths, glyphs));
        }

        string[] left = [.. Enumerable.Range(0, columns.Length).Where(column => !shown.Contains(column) && !IsEmpty(column)).Select(column => columns[column].LongName ?? columns[column].Header)];
        if (TellsLeftOut && left.Length > 0)
            lines.Add(new Hanging(Indent, new Text($"left out at this width: {string.Join(", ", left)}", Palette.Muted)));
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

    private IEnumerable<Paragraph> Lines(Cell[] cells, List<int> shown, int[] widths, Glyphs glyphs)
    {
        Cell[] rest = cells;
        for (int line = 1; rest.Length > 0; line++)
        {
            var first = new Cell[columns.Length];
            var next = new Cell[columns.Length];
            for (int column = 0; column < columns.Length; column++)
            {
                string text = rest[column].Text;
                int at = shown.Contains(column) && line < columns[column].MostLines ? Break(text, widths[column]) : text.Length;
                first[column] = rest[column] with { Text = text[..at].TrimEnd() };
                next[column] = rest[column] with { Text = text[at..].TrimStart() };
            }

            yield return Line(first, shown, widths, glyphs);
            rest = Array.Exists(next, cell => cell.Text.Length > 0) ? next : [];
        }
    }

    // after the last word that fits
    private static int Break(string text, int width)
    {
        if (Width(text) <= width)
            return text.Length;
        int at = text.LastIndexOf(' ');
        while (at > 0 && Width(text[..at]) > width)
            at = text.LastIndexOf(' ', at - 1);
        return at > 0 ? at : text.Length;
    }

    private Paragraph Line(Cell[] cells, List<int> shown, int[] widths, Glyphs glyphs)
    {
        var line = new Paragraph(new string(' ', Indent));
        int end = shown.FindLastIndex(column => cells[column].Text.Length > 0);
        for (int i = 0; i <= end; i++)
        {
            int column = shown[i];
            string text = columns[column].IsCutInMiddle ? CutInMiddle(cells[column].Text, widths[column], glyphs) : Cut(cells[column].Text, widths[column], glyphs);
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

    private static string CutInMiddle(string text, int width, Glyphs glyphs)
    {
        if (Width(text) <= width)
            return text;
        int end = text.Length - Math.Max(0, (width - glyphs.Cut.Length) / 2);
        if (end < text.Length && char.IsLowSurrogate(text[end]))
            end++;
        string tail = text[end..];
        return Cut(text[..end], width - Width(tail), glyphs) + tail;
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
