using System.Globalization;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using Spectre.Console;

namespace AgentRouter.Cli.Presentation;

/// <summary>Shows what is wrong with files: place, message, the line itself with a caret, and what to do.</summary>
internal sealed class DiagnosticsScreen(IAnsiConsole console, CliContext context)
{
    private const int LongestFile = 4 << 20;
    private const int Indent = 2;
    private readonly Screen _screen = new(console);
    private readonly Dictionary<string, string[]> _files = [];

    /// <summary>Shows the diagnostics.</summary>
    /// <param name="diagnostics">What is wrong, in reading order.</param>
    public void Show(IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            bool isError = diagnostic.Severity == DiagnosticSeverity.Error;
            string place = Place(diagnostic.Location);
            var line = new Paragraph(Untrusted.Line(place, 400) + ": ", Palette.Strong)
                .Append(isError ? "error: " : "warning: ", isError ? Palette.Bad : Palette.Warning)
                .Append(Untrusted.Line(diagnostic.Message, 1_000));
            _screen.Line(line);
            Source(diagnostic.Location, isError ? Palette.Bad : Palette.Warning);
            if (diagnostic.Suggestion is { } suggestion)
                _screen.Indented(Indent, Untrusted.Line(suggestion, 1_000), Palette.Accent);
            _screen.Gap();
        }
    }

    /// <summary>Counts errors and warnings: <c>3 errors, 1 warning</c>.</summary>
    public static string Count(IReadOnlyList<Diagnostic> diagnostics)
    {
        int errors = diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        int warnings = diagnostics.Count - errors;
        (int Count, string Noun)[] both = [(errors, "error"), (warnings, "warning")];
        return string.Join(", ", both.Where(part => part.Count > 0).Select(part => Numbers.Of(part.Count, part.Noun)));
    }

    private string Place(SourceLocation location) =>
        (location with { File = location.File is { } file ? context.Shorten(context.Resolve(file)) : null }).ToString();

    private void Source(SourceLocation location, Style style)
    {
        if (location.File is not { } file || location.Line < 1 || Lines(file) is not { } lines || location.Line > lines.Length)
            return;
        // a tab is one column in the place and must be one on the screen
        string source = Untrusted.Block(lines[location.Line - 1].Replace('\t', ' ')).TrimEnd();
        string number = location.Line.ToString(CultureInfo.InvariantCulture);
        int room = Math.Max(10, _screen.Width - Indent - number.Length - 4);
        int column = Math.Clamp(location.Column - 1, 0, source.Length);
        int start = column < room - 1 ? 0 : Math.Min(column - room / 2, Math.Max(0, source.Length - room));
        string shown = source.Substring(start, Math.Min(room, source.Length - start));
        string margin = new(' ', Indent);
        _screen.Line(new Paragraph($"{margin}{number} | ", Palette.Muted).Append(shown));
        _screen.Line(new Paragraph($"{margin}{new string(' ', number.Length)} | ", Palette.Muted)
            .Append(new string(' ', column - start) + Caret(source, column, room - (column - start)), style));
    }

    // the whole word that is meant, as far as a word goes
    private static string Caret(string source, int column, int room)
    {
        int end = column;
        while (end < source.Length && !char.IsWhiteSpace(source[end]) && source[end] is not (',' or ':' or ']' or '}' or '"' or '\''))
            end++;
        return new string('^', Math.Clamp(end - column, 1, Math.Max(1, room)));
    }

    private string[]? Lines(string file)
    {
        string path = context.Resolve(file);
        if (_files.TryGetValue(path, out string[]? lines))
            return lines;
        try
        {
            var info = new FileInfo(path);
            lines = info.Exists && info.Length <= LongestFile ? File.ReadAllLines(path) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            lines = [];
        }

        _files[path] = lines;
        return lines.Length == 0 ? null : lines;
    }
}
