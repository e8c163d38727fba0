using System.Globalization;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Pricing;
using AgentRouter.Skills.Evaluation;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Embed.Eval;

/// <summary>How good the vectors of a model are: a row for each way to search, and what the vectors took.</summary>
internal sealed class EmbedScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the report.</summary>
    public void Show(EmbedReport report)
    {
        var table = new ColumnTable(
            new Column("found by") { IsFlexible = true },
            new Column("Hit@1") { IsRight = true }, new Column("95 % interval") { IsRight = true, LeaveOut = 3 },
            new Column("MRR@10") { IsRight = true },
            new Column("R@10") { IsRight = true, LeaveOut = 1 },
            new Column("R@20") { IsRight = true }, new Column("95 % interval") { IsRight = true, LeaveOut = 3 })
        {
            TellsLeftOut = true,
        };
        foreach (RecipeFigures step in report.Figures.Steps)
        {
            table.Row(
                Untrusted.Line(step.Recipe, 60), Figures.Three(step.All.Hit1.Mean), Figures.Three(step.All.Hit1.Interval), Figures.Three(step.All.Mrr10.Mean),
                Figures.Three(step.All.Recall10.Mean), Figures.Three(step.All.Recall20.Mean), Figures.Three(step.All.Recall20.Interval));
        }

        _screen.Write(table);
        _screen.Gap();
        _screen.Fact("pool", $"{Numbers.Count(report.Figures.Pool)}, {Numbers.Of(report.Figures.Tasks, "task")}" + (report.Figures.LeftOut > 0 ? $"; {Numbers.Count(report.Figures.LeftOut)} more need nothing that is in the pool" : ""));
        _screen.Fact("model", $"{Untrusted.Line(report.Model, 120)}, {Numbers.Of(report.Dimensions, "number")} a vector, {Numbers.Count(report.Batch)} texts together" + (report.Device is { } device ? $", device {device}" : ""));
        _screen.Fact("embedded", string.Create(CultureInfo.InvariantCulture, $"{Numbers.Of(report.Texts, "text")} of {Numbers.Of(report.Tokens, "token")} in {report.Seconds:0.0} s: {report.TokensPerSecond:N0} tokens a second"));
        if (report.Spent > Money.Zero)
            _screen.Fact("spent", Numbers.Money(report.Spent));
    }
}
