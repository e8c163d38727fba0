using DiffPlex;
using DiffPlex.Model;

namespace AgentRouter.Cli.Presentation;

/// <summary>What became of one file, as a unified diff.</summary>
internal sealed record FileDiff
{
    private const int ContextLines = 3;

    private FileDiff(string path, string state, IReadOnlyList<string> lines, int added, int removed) =>
        (Path, State, Lines, Added, Removed) = (path, state, lines, added, removed);

    /// <summary>Gets the file's path inside the workspace.</summary>
    public string Path { get; }

    /// <summary>Gets what happened: changed, added, removed.</summary>
    public string State { get; }

    /// <summary>Gets the hunks: lines that begin with <c>@@</c>, a space, <c>+</c> or <c>-</c>.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Gets how many lines came in.</summary>
    public int Added { get; }

    /// <summary>Gets how many lines went out.</summary>
    public int Removed { get; }

    /// <summary>Compares two texts.</summary>
    /// <param name="path">The file's path inside the workspace.</param>
    /// <param name="before">The text before; <see langword="null"/> when the file is new.</param>
    /// <param name="after">The text after; <see langword="null"/> when the file was removed.</param>
    public static FileDiff Between(string path, string? before, string? after)
    {
        string state = before is null ? "added" : after is null ? "removed" : "changed";
        if (before is not null && after is not null && before != after && WholeLines.Of(before).SequenceEqual(WholeLines.Of(after)))
            state = "changed, only in its line ends";
        DiffResult diff = Differ.Instance.CreateDiffs(before ?? "", after ?? "", ignoreWhiteSpace: false, ignoreCase: false, new WholeLines());
        var lines = new List<string>();
        foreach (List<DiffBlock> hunk in Hunks(diff))
            Write(diff, hunk, lines);
        return new FileDiff(path, state, lines, diff.DiffBlocks.Sum(block => block.InsertCountB), diff.DiffBlocks.Sum(block => block.DeleteCountA));
    }

    /// <summary>Notes a file whose text cannot be compared.</summary>
    /// <param name="path">The file's path inside the workspace.</param>
    /// <param name="state">What happened, for people.</param>
    public static FileDiff Without(string path, string state) => new(path, state, [], 0, 0);

    // blocks whose context would overlap share a hunk
    private static List<List<DiffBlock>> Hunks(DiffResult diff)
    {
        var hunks = new List<List<DiffBlock>>();
        foreach (DiffBlock block in diff.DiffBlocks)
        {
            if (hunks.Count > 0 && block.DeleteStartA - (hunks[^1][^1].DeleteStartA + hunks[^1][^1].DeleteCountA) <= 2 * ContextLines)
                hunks[^1].Add(block);
            else
                hunks.Add([block]);
        }

        return hunks;
    }

    private static void Write(DiffResult diff, List<DiffBlock> hunk, List<string> lines)
    {
        int startA = Math.Max(0, hunk[0].DeleteStartA - ContextLines);
        int startB = Math.Max(0, hunk[0].InsertStartB - (hunk[0].DeleteStartA - startA));
        int endA = Math.Min(diff.PiecesOld.Count, hunk[^1].DeleteStartA + hunk[^1].DeleteCountA + ContextLines);
        int header = lines.Count;
        lines.Add("");
        int at = startA, countB = 0;
        foreach (DiffBlock block in hunk)
        {
            for (; at < block.DeleteStartA; at++, countB++)
                lines.Add(" " + diff.PiecesOld[at]);
            for (int i = 0; i < block.DeleteCountA; i++, at++)
                lines.Add("-" + diff.PiecesOld[at]);
            for (int i = 0; i < block.InsertCountB; i++, countB++)
                lines.Add("+" + diff.PiecesNew[block.InsertStartB + i]);
        }

        for (; at < endA; at++, countB++)
            lines.Add(" " + diff.PiecesOld[at]);
        lines[header] = $"@@ -{Range(startA, endA - startA)} +{Range(startB, countB)} @@";
    }

    // an empty range is named by the line before it
    private static string Range(int start, int count) => FormattableString.Invariant($"{(count == 0 ? start : start + 1)},{count}");

    // the line end after the last line begins no new line
    private sealed class WholeLines : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => Of(text);

        public static string[] Of(string text)
        {
            string lines = text.ReplaceLineEndings("\n");
            return lines.Length == 0 ? [] : (lines[^1] == '\n' ? lines[..^1] : lines).Split('\n');
        }
    }
}
