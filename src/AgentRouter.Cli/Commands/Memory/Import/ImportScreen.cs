using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory;
using AgentRouter.Memory.Ingestion;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Import;

/// <summary>What came of an import: the figures on standard output, what was left out and what is damaged on standard error.</summary>
internal sealed class ImportScreen(CliContext context)
{
    private const int ShownSkipped = 20;
    private const int LongestLine = 400;
    private readonly IAnsiConsole _error = context.Terminal.Error;
    private readonly Screen _screen = new(context.Terminal.Output);

    /// <summary>Shows it.</summary>
    public void Show(MemoryScope scope, ImportReport report)
    {
        Skipped(report.Skipped);
        Damaged(report.Damaged);
        IReadOnlyList<ImportResult> sources = report.Sources;
        if (sources.Count > 0)
        {
            _screen.Fact("sources", $"{Numbers.Count(sources.Count)}: {Of(ImportOutcome.New)} new, {Of(ImportOutcome.Grown)} grown, {Of(ImportOutcome.Changed)} changed, {Of(ImportOutcome.Unchanged)} unchanged");
            _screen.Fact("items", $"{Sum(source => source.Added)} new, {Sum(source => source.Changed)} changed, {Sum(source => source.Removed)} gone, {Sum(source => source.Unchanged)} unchanged");
        }

        if (sources.Sum(source => (long)source.Forgotten) is > 0 and var forgotten)
            _screen.Fact("forgotten", $"{Numbers.Of(forgotten, "item")}, left out until the whole source is forgotten");
        if (report.Exports > 0)
            _screen.Fact("exports", Numbers.Count(report.Exports));
        if (report.IsEmpty)
            _screen.Fact("graph", $"nothing was imported for {scope}");
        else
            Graph(scope, report);
        if (report.Skipped.Count > 0)
            _screen.Fact("left out", Numbers.Count(report.Skipped.Count));
        if (report.Damaged.Count > 0)
            _screen.Fact("damaged", $"{Numbers.Of(report.Damaged.Count, "file")}, not imported", Palette.Bad);

        string Of(ImportOutcome outcome) => Numbers.Count(sources.Count(source => source.Outcome == outcome));
        string Sum(Func<ImportResult, int> count) => Numbers.Count(sources.Sum(source => (long)count(source)));
    }

    private void Graph(MemoryScope scope, ImportReport report)
    {
        _screen.Fact("graph", report.IsUnchanged
            ? $"nothing changed: {scope} remembers all {(report.Sources.Any(source => source.Forgotten > 0) ? "else" : "of it")} already"
            : $"{Numbers.Of(report.NewNodes, "node")} and {Numbers.Of(report.NewEdges, "edge")} more for {scope}");
        _screen.Fact("kept in", context.Shorten(report.Folder) + (report.IsNewScope ? $", where {scope} is new" : ""));
    }

    // the person must mend each of them
    private void Damaged(IReadOnlyList<SkippedFile> damaged)
    {
        foreach (SkippedFile each in damaged)
        {
            var line = new Paragraph("Error: ", Palette.Bad);
            line.Append(Untrusted.Line(Of(each), LongestLine) + "\n");
            _error.Write(line);
        }
    }

    private void Skipped(IReadOnlyList<SkippedFile> skipped)
    {
        foreach (SkippedFile each in skipped.Take(ShownSkipped))
            _error.Write(new Text(Untrusted.Line(Of(each), LongestLine) + "\n", Palette.Warning));
        if (skipped.Count > ShownSkipped)
            _error.Write(new Text($"{_screen.Glyphs.Cut} {Numbers.Count(skipped.Count - ShownSkipped)} more; --json lists all\n", Palette.Muted));
    }

    // a message about a line says itself where that is
    private static string Of(SkippedFile skipped) => skipped.Reason.StartsWith(skipped.Place, StringComparison.Ordinal) ? skipped.Reason : $"{skipped.Place}: {skipped.Reason}";
}
