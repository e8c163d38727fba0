using System.Globalization;
using AgentRouter.Cli.Terminals;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Cli.Presentation;

/// <summary>The LLM steps of a run: who asked which model, the tokens by bucket, the cost and the reason.</summary>
internal static class StepTable
{
    private const int MostSteps = 60;

    /// <summary>Makes the table.</summary>
    /// <param name="report">The run.</param>
    /// <param name="glyphs">The signs of the terminal.</param>
    public static ColumnTable Create(RunReport report, Glyphs glyphs)
    {
        var table = new ColumnTable(
            new Column("#") { IsRight = true },
            new Column("node"),
            new Column("agent") { LeaveOut = 3 },
            new Column("model"),
            new Column("input") { IsRight = true, LeaveOut = 6 },
            new Column("cached") { IsRight = true, LeaveOut = 2 },
            new Column("written") { IsRight = true, LeaveOut = 1 },
            new Column("output") { IsRight = true, LeaveOut = 5 },
            new Column("cost") { IsRight = true },
            new Column("why") { IsFlexible = true, MostLines = 3, LeaveOut = 4 });
        int hidden = Math.Max(0, report.Steps.Count - MostSteps);
        for (int i = 0; i < report.Steps.Count; i++)
        {
            if (hidden > 0 && i == MostSteps / 2)
            {
                table.Row("", new Cell($"{glyphs.Cut} {hidden} more", Palette.Muted), "", "", "", "", "", "", "", new Cell("the trace has all steps", Palette.Muted));
                i += hidden;
            }

            table.Row(Cells(report.Steps[i], report, glyphs));
        }

        return table.Rule().Row(
            "", "total", "", Numbers.Of(report.Calls, "call"),
            Numbers.Count(report.Usage.Input), Bucket(report.Usage.CachedRead, report.Usage.CachedRead, glyphs), Bucket(report.Usage.CacheWrite, report.Usage.CacheWrite, glyphs),
            Numbers.Count(report.Usage.Output), new Cell(Numbers.Money(report.Cost), Palette.Strong), "");
    }

    private static Cell[] Cells(ReportStep step, RunReport report, Glyphs glyphs) =>
    [
        new Cell(step.Step.ToString(CultureInfo.InvariantCulture), Palette.Muted),
        Untrusted.Line(step.Node, 28),
        Untrusted.Line(step.Agent, 20),
        Model(step),
        Numbers.Count(step.Usage.Input),
        Bucket(step.Usage.CachedRead, report.Usage.CachedRead, glyphs),
        Bucket(step.Usage.CacheWrite, report.Usage.CacheWrite, glyphs),
        Numbers.Count(step.Usage.Output),
        Numbers.Money(step.Cost),
        step.Answered ? new Cell(Untrusted.Line(step.Reason), Palette.Muted) : new Cell("not answered: " + Untrusted.Line(step.Reason), Palette.Bad),
    ];

    private static Cell Model(ReportStep step)
    {
        string again = step.Attempts > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({step.Attempts} attempts)") : "";
        return Untrusted.Line(step.Model, 28) + again;
    }

    // a bucket that the whole run never used has no column
    private static Cell Bucket(long tokens, long inAll, Glyphs glyphs) =>
        inAll == 0 ? "" : tokens == 0 ? new Cell(glyphs.Missing, Palette.Muted) : Numbers.Count(tokens);
}
