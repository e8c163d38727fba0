using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Statistics;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Ceiling;

/// <summary>The ceiling of a table.</summary>
internal sealed class CeilingScreen(IAnsiConsole console)
{
    private const int ShownModels = 12;
    private readonly Screen _screen = new(console);

    /// <summary>Shows the ceiling.</summary>
    public void Show(Routing.Evaluation.Ceiling ceiling)
    {
        var table = new ColumnTable(
            new Column("model") { IsFlexible = true, IsCutInMiddle = true },
            new Column("score") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 1 },
            new Column("usd a task") { IsRight = true, LeaveOut = 2 })
        {
            TellsLeftOut = true,
        };
        table.Row(new Cell("oracle: the best model of each row", Palette.Accent), Figures.Percent(ceiling.Oracle), Figures.Percent(ceiling.OracleInterval), Figures.Usd(ceiling.OracleUsd));
        table.Rule();
        foreach ((string model, double score, Interval interval, double? usd) in ceiling.Models.Take(ShownModels))
            table.Row(Untrusted.Line(model, 60), Figures.Percent(score), Figures.Percent(interval), Figures.Usd(usd));
        _screen.Write(table);
        if (ceiling.Models.Count > ShownModels)
            _screen.Line(new Paragraph($"  {_screen.Glyphs.Cut} {ceiling.Models.Count - ShownModels} more models; --json shows all", Palette.Muted));
        _screen.Gap();
        _screen.Fact("rows", $"{Numbers.Count(ceiling.Rows)}, {Numbers.Count(ceiling.AllRight)} of them solved by every model");
        _screen.Fact("out of reach", $"{Share(ceiling.AllWrong, ceiling.Rows, ceiling.AllWrongInterval)} no model solves");
        _screen.Fact("pair", $"{Untrusted.Line(ceiling.Weak, 60)} and {Untrusted.Line(ceiling.Strong, 60)}");
        _screen.Fact("", $"{Share(ceiling.StrongNeeded, ceiling.Rows, ceiling.StrongNeededInterval)} need the strong model; on {Numbers.Of(ceiling.WeakBetter, "row")} the weak one is better");
        if (ceiling.Rows < FewRows.Least)
            _screen.Fact("", FewRows.Text, Palette.Warning);
        _screen.Fact("so", Conclusion(ceiling));
    }

    private static string Conclusion(Routing.Evaluation.Ceiling ceiling)
    {
        Routing.Evaluation.CeilingModel best = ceiling.Models[0];
        string always = "always " + Untrusted.Line(best.Model, 60);
        double gain = ceiling.Oracle - best.Score;
        string cost = ceiling.OracleUsd is { } oracle && best.Usd is > 0 and { } usd ? $", at {Figures.Percent(oracle / usd)} of its cost" : "";
        return gain > 0
            ? $"choosing can gain at most {Figures.SignedPoints(gain)} points over {always}{cost}; route eval says how much of that a router recovers"
            : $"no choice solves more than {always}{(cost.Length > 0 ? $"; a perfect one does as much{cost}" : "")}";
    }

    private static string Share(int hits, int rows, Interval interval) => $"{Numbers.Count(hits)} ({Figures.Percent((double)hits / rows)}, {Figures.Percent(interval)})";
}
