using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Workflows.Engine;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Replay;

/// <summary>What came of a replay.</summary>
internal sealed class ReplayScreen(IAnsiConsole console)
{
    private const int MostSteps = 100;

    private readonly Screen _screen = new(console);

    /// <summary>Shows whether everything came as it is recorded.</summary>
    /// <param name="result">The replay.</param>
    /// <param name="changed">The files that have changed since the run began.</param>
    public void Show(ReplayResult result, IReadOnlyList<string> changed)
    {
        if (result.Mismatch is null)
        {
            _screen.Line(new Paragraph($"{_screen.Glyphs.Done} ", Palette.Good)
                .Append($"{Numbers.Of(result.Decisions, "decision")}, {Numbers.Of(result.Events, "event")}: all as recorded"));
            return;
        }

        _screen.Line(new Paragraph($"{_screen.Glyphs.Failed} ", Palette.Bad)
            .Append($"{Numbers.Of(result.Decisions, "decision")} as recorded, then event {Numbers.Count(result.Mismatch.Sequence)} differs"));
        _screen.Indented(2, Untrusted.Line(result.Mismatch.Message, 2_000), Palette.Plain);
        foreach (string file in changed)
            _screen.Fact("has changed", file, Palette.Warning);
    }

    /// <summary>Shows what another policy chooses.</summary>
    /// <param name="result">The replay.</param>
    /// <param name="report">The choices.</param>
    public void Show(ReplayResult result, ReplayReport report)
    {
        _screen.Line(new Paragraph(result.RunId, Palette.Strong).Append($"  {Untrusted.Line(report.Recorded, 40)} as recorded, {Untrusted.Line(report.Policy, 40)} instead"));
        var table = new ColumnTable(
            new Column("#") { IsRight = true },
            new Column("node") { LeaveOut = 2 },
            new Column("recorded"),
            new Column("booked") { IsRight = true },
            new Column("expected") { IsRight = true, LeaveOut = 3 },
            new Column("instead"),
            new Column("expected") { IsRight = true },
            new Column("why") { IsFlexible = true, LeaveOut = 1 });
        int shown = Math.Min(report.Steps.Count, MostSteps);
        foreach (ReplayStep step in report.Steps.Take(shown))
            table.Row(Cells(step));
        if (report.Steps.Count > shown)
            table.Row("", "", new Cell($"{_screen.Glyphs.Cut} {report.Steps.Count - shown} more", Palette.Muted), "", "", "", "", new Cell("--json has all steps", Palette.Muted));
        table.Rule().Row(
            "", "total", $"{report.Differing} of {report.Steps.Count} differ", Numbers.Money(report.Booked), Numbers.Money(report.Expected), "", new Cell(Numbers.Money(report.OtherExpected), Palette.Strong), "");
        _screen.Gap();
        _screen.Write(table);
        _screen.Gap();
        _screen.Indented(2, "Each step is the recorded one, with the recorded answers before it: whether the other models would have succeeded is not known, nor what they would have led to. "
            + "Booked is what was billed; expected is what the router reckons with before a call. Compare expected with expected.", Palette.Muted);
    }

    private static Cell[] Cells(ReplayStep step) =>
    [
        new Cell(step.Step.ToString(CultureInfo.InvariantCulture), Palette.Muted),
        Untrusted.Line(step.Node, 28),
        Untrusted.Line(step.Model, 28),
        Numbers.Money(step.Booked),
        Numbers.Money(step.Expected),
        step.Other == step.Model ? new Cell("the same", Palette.Muted) : new Cell(Untrusted.Line(step.Other, 28), Palette.Accent),
        Numbers.Money(step.OtherExpected),
        new Cell(Untrusted.Line(step.Reason), Palette.Muted),
    ];
}
