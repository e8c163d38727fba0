using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using AgentRouter.Expressions;
using AgentRouter.Tools.Workspace.Files;

namespace AgentRouter.Tools.Workspace;

/// <summary>Searches the text files of the workspace.</summary>
internal sealed class SearchTool(WorkspaceFiles files, WorkspaceWalk walk)
{
    private const int MaxMatches = 200;
    private const int MaxLineCharacters = 300;
    private const int MaxPatternCharacters = 1000;

    /// <summary>The most text that is looked at: a larger workspace needs a pattern.</summary>
    private const long MaxSearchedCharacters = 256L << 20;

    private static readonly TimeSpan LineTime = TimeSpan.FromSeconds(1);

    public static ToolDescription Description { get; } = new(
        "workspace.search",
        "Search the text files of the workspace, line by line. Matches come as \"file:line: text\".",
        new DataType.Object(new Dictionary<string, DataType>
        {
            ["matches"] = new DataType.List(DataType.Text),
            ["count"] = DataType.Number,
            ["truncated"] = DataType.Boolean,
        }))
    {
        Parameters = ["text", "pattern", "regex"],
        RequiredParameters = ["text"],
        IsIdempotent = true,
    };

    public async Task<SearchResult> SearchAsync(
        [Description("What to look for; upper and lower case differ.")] string text,
        [Description("Only in files that match this glob: *.cs, docs/**/*.md")] string? pattern = null,
        [Description("text is a regular expression (without look-around and back references).")] bool regex = false,
        CancellationToken cancellationToken = default)
    {
        if (text.Length == 0) throw new ToolException("text is empty: give what to look for.");
        Predicate<string> isMatch = regex ? Compile(text) : line => line.Contains(text, StringComparison.Ordinal);
        var matches = new List<string>();
        long searched = 0;
        foreach (string path in walk.Find(null, pattern, cancellationToken))
        {
            searched += await SearchFileAsync(path, isMatch, matches, cancellationToken).ConfigureAwait(false);
            if (matches.Count > MaxMatches) return new SearchResult(matches[..MaxMatches], MaxMatches, Truncated: true);
            if (searched > MaxSearchedCharacters) return new SearchResult(matches, matches.Count, Truncated: true);
        }

        return new SearchResult(matches, matches.Count, Truncated: false);
    }

    private static Predicate<string> Compile(string text)
    {
        if (text.Length > MaxPatternCharacters) throw new ToolException($"The regular expression is longer than {MaxPatternCharacters} characters.");
        try
        {
            // time linear in the line's length, whatever the expression
            var expression = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, LineTime);
            return expression.IsMatch;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new ToolException($"The regular expression cannot be used: {exception.Message}", exception);
        }
    }

    /// <returns>How many characters it looked at.</returns>
    private async Task<long> SearchFileAsync(string path, Predicate<string> isMatch, List<string> matches, CancellationToken cancellationToken)
    {
        TextFile text;
        try
        {
            text = await files.ReadAsync(files.Root.Resolve(path), cancellationToken).ConfigureAwait(false);
        }
        catch (ToolException)
        {
            // binary, too large, a pipe, a link that leads out: not a text file of the workspace
            return 0;
        }

        int number = 0;
        foreach (ReadOnlySpan<char> span in text.Text.AsSpan().EnumerateLines())
        {
            number++;
            string line = span.ToString();
            if (!IsMatch(isMatch, line)) continue;
            string shown = line.Length <= MaxLineCharacters ? line : line[..MaxLineCharacters] + "…";
            matches.Add(string.Create(CultureInfo.InvariantCulture, $"{path}:{number}: {shown.Trim()}"));
            if (matches.Count > MaxMatches) break;
        }

        return text.Text.Length;
    }

    private static bool IsMatch(Predicate<string> isMatch, string line)
    {
        try
        {
            return isMatch(line);
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw new ToolException("The regular expression takes too long: make it simpler.", exception);
        }
    }
}

/// <summary>The lines that were found.</summary>
/// <param name="Matches">Each as <c>file:line: text</c>.</param>
/// <param name="Count">How many are shown.</param>
/// <param name="Truncated">Whether there are more.</param>
internal sealed record SearchResult(IReadOnlyList<string> Matches, int Count, bool Truncated);
