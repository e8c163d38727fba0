using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Skills.Evaluation;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Skills.Eval;

/// <summary>How well skills are found: a row for each recipe.</summary>
internal sealed class EvalScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the figures of all pools.</summary>
    public void Show(IReadOnlyList<EvalReport> reports)
    {
        if (reports.Count > 1)
        {
            ShowSeveral(reports);
            return;
        }

        RetrievalReport report = reports[0].Figures;
        Table(report.Steps.Select(step => (step.Recipe, (MeanFigures?)step.All)));
        if (report.Steps.Count > 1)
            Gains(report.Steps);
        RecipeFigures last = report.Steps[^1];
        _screen.Title("By what tasks need", last.Recipe);
        Table([($"one ({Numbers.Count(last.Single?.Tasks ?? 0)})", last.Single), ($"several ({Numbers.Count(last.Several?.Tasks ?? 0)})", last.Several)]);
        _screen.Gap();
        _screen.Fact("pool", Numbers.Count(report.Pool));
        _screen.Fact("tasks", Numbers.Count(report.Tasks) + (report.LeftOut > 0 ? $"; {Numbers.Count(report.LeftOut)} more need nothing that is in the pool" : "")
            + (report.Partly > 0 ? $"; {Numbers.Count(report.Partly)} need something more that is not in the pool, which is not counted" : ""));
    }

    private void Gains(IReadOnlyList<RecipeFigures> steps)
    {
        _screen.Title("What each step adds", steps.Any(step => step.Recipe.StartsWith("+ dense", StringComparison.Ordinal)) ? "task by task, to the row above; vectors to the last row without them" : "task by task, to the row above");
        var table = new ColumnTable(new Column("recipe") { IsFlexible = true }, new Column("Hit@1") { IsRight = true }, new Column("95 % interval") { IsRight = true }, new Column("Recall@20") { IsRight = true }, new Column("95 % interval") { IsRight = true });
        foreach (RecipeFigures step in steps.Skip(1))
            table.Row(step.Recipe, Figures.Signed(step.Hit1Gain!.Value.Mean), Figures.Signed(step.Hit1Gain.Value.Interval), Figures.Signed(step.Recall20Gain!.Value.Mean), Figures.Signed(step.Recall20Gain.Value.Interval));
        _screen.Write(table);
    }

    private void ShowSeveral(IReadOnlyList<EvalReport> reports)
    {
        foreach (int step in Enumerable.Range(0, reports[0].Figures.Steps.Count))
        {
            _screen.Title(reports[0].Figures.Steps[step].Recipe);
            var table = Columns("pool");
            foreach (EvalReport report in reports.Where(report => report.Figures.Steps.Count > step))
                Row(table, Untrusted.Line(report.Pool, 60), report.Figures.Steps[step].All);
            table.Rule();
            MeanFigures[] all = [.. reports.Where(report => report.Figures.Steps.Count > step).Select(report => report.Figures.Steps[step].All)];
            table.Row("average of the pools", Figures.Three(all.Average(each => each.Hit1.Mean)), "", Figures.Three(all.Average(each => each.Recall20.Mean)), "",
                Figures.Three(all.Average(each => each.Mrr10.Mean)), Figures.Three(all.Average(each => each.Recall10.Mean)),
                Figures.Three(all.Average(each => each.Coverage10.Mean)), Figures.Three(all.Average(each => each.Ndcg10.Mean)));
            _screen.Write(table);
        }
    }

    private void Table(IEnumerable<(string Name, MeanFigures? Figures)> rows)
    {
        ColumnTable table = Columns("recipe");
        foreach ((string name, MeanFigures? figures) in rows)
        {
            if (figures is not null)
                Row(table, name, figures);
        }

        _screen.Write(table);
    }

    private static void Row(ColumnTable table, string name, MeanFigures figures) => table.Row(
        name, Figures.Three(figures.Hit1.Mean), Figures.Three(figures.Hit1.Interval), Figures.Three(figures.Recall20.Mean), Figures.Three(figures.Recall20.Interval),
        Figures.Three(figures.Mrr10.Mean), Figures.Three(figures.Recall10.Mean), Figures.Three(figures.Coverage10.Mean), Figures.Three(figures.Ndcg10.Mean));

    private static ColumnTable Columns(string first) => new(
        new Column(first) { IsFlexible = true, IsCutInMiddle = true },
        new Column("Hit@1") { IsRight = true },
        new Column("95 % interval") { IsRight = true, LeaveOut = 3 },
        new Column("Recall@20") { IsRight = true },
        new Column("95 % interval") { IsRight = true, LeaveOut = 3 },
        new Column("MRR@10") { IsRight = true, LeaveOut = 1 },
        new Column("R@10") { IsRight = true, LeaveOut = 2 },
        new Column("FC@10") { IsRight = true, LeaveOut = 2 },
        new Column("nDCG@10") { IsRight = true, LeaveOut = 1 })
    {
        TellsLeftOut = true,
    };
}
