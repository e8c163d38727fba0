using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Evaluation.Streaming;
using AgentRouter.Routing.Policies.Bandit;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Stream;

/// <summary>What policies made of a stream.</summary>
internal sealed class StreamScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the figures.</summary>
    public void Show(StreamFigures figures)
    {
        var table = new ColumnTable(
            new Column("policy") { IsFlexible = true, IsCutInMiddle = true },
            new Column("regret") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 2 },
            new Column("score") { IsRight = true },
            new Column("usd") { IsRight = true, LeaveOut = 1 })
        {
            TellsLeftOut = true,
        };
        foreach (StreamPolicyFigures policy in figures.Policies)
        {
            bool isOurs = policy.Policy.StartsWith(BanditDefaults.Name, StringComparison.Ordinal);
            table.Row(
                new Cell(Untrusted.Line(policy.Policy, 60), isOurs ? Palette.Accent : Palette.Plain),
                policy.Regret.ToString("0.0", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{policy.Interval.Low:0.0}–{policy.Interval.High:0.0}"),
                Figures.Percent(policy.Score),
                figures.CostsKnown ? Figures.Usd(policy.Usd) : "");
        }

        _screen.Write(table);
        _screen.Gap();
        _screen.Fact("stream", $"{Numbers.Of(figures.Tasks, "task")}, {Numbers.Of(figures.Models, "model")}, {Numbers.Of(figures.Orders, "random order")}");
        if (figures.Tasks < FewRows.Least)
            _screen.Fact("", FewRows.Text, Palette.Warning);
        if (figures.Warm > 0)
            _screen.Fact("warm-up", $"{Numbers.Of(figures.Warm, "task")} with the outcomes of all models");
        _screen.Fact("sources", figures.Sources > 0 ? $"{Numbers.Count(figures.Sources)}, told by the beginnings of the ids" : "none: the ids tell no source");
        if (!figures.CostsKnown)
            _screen.Fact("costs", "not counted: the table does not have all of them");
    }
}
