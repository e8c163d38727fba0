using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Workflows.Runs;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Runs.List;

/// <summary>The list of recorded runs.</summary>
internal sealed class ListScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the list.</summary>
    /// <param name="folder">Where the runs are recorded.</param>
    /// <param name="runs">The runs, the latest first.</param>
    /// <param name="more">Whether there are more.</param>
    /// <param name="state">The state that was asked for, or <see langword="null"/> for all.</param>
    public void Show(string folder, IReadOnlyList<RunSummary> runs, bool more, string? state)
    {
        if (runs.Count == 0 && state is not null)
        {
            _screen.Line(new Paragraph($"No run in {folder} is in the state '{state}'."));
            return;
        }

        if (runs.Count == 0)
        {
            _screen.Line(new Paragraph($"No run is recorded in {folder}."));
            _screen.Line(new Paragraph("agentrouter run FILE runs a workflow and records it.", Palette.Muted));
            return;
        }

        var table = new ColumnTable(
            new Column("run"),
            new Column("workflow") { IsFlexible = true },
            new Column("began (UTC)") { LeaveOut = 1 },
            new Column("calls") { IsRight = true, LeaveOut = 2 },
            new Column("spent") { IsRight = true },
            new Column("budget") { IsRight = true, LeaveOut = 3 },
            new Column("state"));
        foreach (RunSummary run in runs)
        {
            table.Row(
                run.RunId,
                Untrusted.Line(run.Workflow ?? _screen.Glyphs.Missing, 60),
                run.Started is { } started ? Numbers.Moment(started) : _screen.Glyphs.Missing,
                Numbers.Count(run.Calls),
                Numbers.Money(run.Spent),
                run.BudgetUsd is { } budget ? Numbers.Limit(budget) : _screen.Glyphs.Missing,
                new Cell($"{RunStateText.SignOf(run, _screen.Glyphs)} {RunStateText.Of(run)}", RunStateText.StyleOf(run)));
        }

        _screen.Write(table);
        _screen.Gap();
        _screen.Line(new Paragraph(more ? "  There are more; --limit shows them." : $"  {Numbers.Of(runs.Count, "run")} in {folder}", Palette.Muted));
    }
}
