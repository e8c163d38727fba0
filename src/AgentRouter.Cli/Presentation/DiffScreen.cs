using AgentRouter.Cli.Terminals;
using Spectre.Console;

namespace AgentRouter.Cli.Presentation;

/// <summary>Shows changed files as a unified diff.</summary>
internal static class DiffScreen
{
    private const int MostColumns = 400;

    /// <summary>Shows the files.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="files">The files.</param>
    /// <param name="maxLines">The most lines of all hunks together; what is cut is said.</param>
    public static void Show(Screen screen, IReadOnlyList<FileDiff> files, int maxLines)
    {
        int left = maxLines;
        int hidden = 0;
        for (int i = 0; i < files.Count; i++)
        {
            FileDiff file = files[i];
            if (left == 0)
            {
                hidden += Math.Max(1, file.Lines.Count);
                continue;
            }

            if (i > 0)
                screen.Gap();
            screen.Line(new Paragraph("  " + Untrusted.Line(file.Path, 300), Palette.Accent).Append("  " + file.State, Palette.Muted));
            foreach (string line in file.Lines.Take(left))
                screen.Indented(2, Shown(line, screen.Glyphs), StyleOf(line));
            hidden += Math.Max(0, file.Lines.Count - left);
            left = Math.Max(0, left - Math.Max(1, file.Lines.Count));
        }

        if (hidden > 0)
            screen.Line(new Paragraph($"  {screen.Glyphs.Cut} {Numbers.Of(hidden, "more line")} of the diff; the result folder has all of it", Palette.Muted));
    }

    private static string Shown(string line, Glyphs glyphs) =>
        Untrusted.Block(line.Length > MostColumns ? line[..MostColumns] + glyphs.Cut : line).Replace("\n", "", StringComparison.Ordinal).TrimEnd();

    private static Style StyleOf(string line) => line switch
    {
        ['+', ..] => Palette.Good,
        ['-', ..] => Palette.Bad,
        ['@', ..] => Palette.Accent,
        _ => Palette.Plain,
    };
}
