using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation.Caps;
using AgentRouter.Statistics;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Caps;

/// <summary>What policies achieve under caps.</summary>
internal sealed class CapsScreen(IAnsiConsole console)
{
    private const int NameLength = 60;
    private readonly Screen _screen = new(console);

    /// <summary>Shows the report.</summary>
    public void Show(CapReport report, CapSettings settings)
    {
        string between = $" {_screen.Glyphs.Arrow} ";
        _screen.Fact("tasks", Numbers.Count(report.Rows));
        _screen.Fact("ladder", Names(report.Ladder, between));
        foreach (ChosenLadder chosen in report.Chosen)
            _screen.Fact("", $"{Untrusted.Line(chosen.Ladder, 200)} in {Numbers.Of(chosen.Parts, "training part")}");
        _screen.Fact("pair", $"{Name(report.Weak)} and {Name(report.Strong)}; the strong one alone costs {Figures.Usd(report.StrongUsd)} a task");
        _screen.Fact("check", Check(settings));
        foreach (CapSection section in report.Caps)
            Show(section);
        Show(report.Verifiers);
        Show(report.Rungs);
    }

    private static string Check(CapSettings settings)
    {
        CapVerifier verifier = settings.Verifier;
        string errs = verifier.IsCorrelated ? "errs alike on all results of a task" : "judges each result by itself";
        string cost = settings.CheckCost == Money.Zero ? "free" : $"{Numbers.Limit(settings.CheckCost)} each";
        return string.Create(CultureInfo.InvariantCulture, $"accepts {verifier.FalseAccept:0.##} of wrong results, rejects {verifier.FalseReject:0.##} of right ones; {errs}; {cost}");
    }

    private void Show(CapSection section)
    {
        _screen.Title(section.CapUsd is { } cap ? $"cap {Numbers.Limit(Money.FromUsd(cap))}" : "no cap");
        var table = new ColumnTable(
            new Column("policy") { IsFlexible = true, IsCutInMiddle = true, MostLines = 2 },
            new Column("solved") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 4 },
            new Column("usd a task") { IsRight = true },
            new Column("of strong") { IsRight = true, LeaveOut = 3 },
            new Column("over cap") { IsRight = true, LeaveOut = 5 },
            new Column("to strong, uncapped") { IsRight = true, LeaveOut = 1 },
            new Column("to weak first") { IsRight = true, LeaveOut = 2 })
        {
            TellsLeftOut = true,
        };
        foreach (CapFigures policy in section.Policies)
        {
            table.Row(
                Name(policy.Policy), Figures.Percent(policy.Success), Figures.Percent(policy.SuccessInterval), Figures.Usd(policy.Usd),
                policy.StrongShare.ToString("0.00", CultureInfo.InvariantCulture), Numbers.Count(policy.OverCap), Points(policy.ToStrong), Points(policy.ToWeakFirst));
        }

        _screen.Write(table);
    }

    private void Show(IReadOnlyList<VerifierFigures> verifiers)
    {
        _screen.Title("what a check is worth", "the ladder without a cap");
        var table = new ColumnTable(
            new Column("accepts wrong") { IsRight = true },
            new Column("rejects right") { IsRight = true },
            new Column("solved") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 1 },
            new Column("usd a task") { IsRight = true },
            new Column("of strong") { IsRight = true })
        {
            TellsLeftOut = true,
        };
        foreach (VerifierFigures verifier in verifiers)
        {
            table.Row(
                Figures.Percent(verifier.FalseAccept), Figures.Percent(verifier.FalseReject), Figures.Percent(verifier.Success),
                Figures.Percent(verifier.SuccessInterval), Figures.Usd(verifier.Usd), verifier.StrongShare.ToString("0.00", CultureInfo.InvariantCulture));
        }

        _screen.Write(table);
    }

    private void Show(IReadOnlyList<RungFigures> rungs)
    {
        _screen.Title("where to stop", "ladders that end with each rung, without a cap; a success worth less than a rung's price ends the ladder before it");
        var table = new ColumnTable(
            new Column("up to") { IsFlexible = true, IsCutInMiddle = true },
            new Column("solved") { IsRight = true },
            new Column("usd a task") { IsRight = true },
            new Column("usd a further success") { IsRight = true },
            new Column("95 % interval") { IsRight = true, LeaveOut = 1 })
        {
            TellsLeftOut = true,
        };
        foreach (RungFigures rung in rungs)
            table.Row(Name(rung.Model), Figures.Percent(rung.Success), Figures.Usd(rung.Usd), rung.UsdPerSuccess is { } price ? Price(price) : "adds none", Prices(rung.UsdPerSuccessInterval));
        _screen.Write(table);
    }

    private static string Points(PairedDifference difference) => string.Create(
        CultureInfo.InvariantCulture, $"{100 * difference.Mean:+0.0;-0.0;0.0} ({100 * difference.Interval.Low:+0.0;-0.0;0.0} to {100 * difference.Interval.High:+0.0;-0.0;0.0})");

    private static string Prices(Interval interval) => $"{Price(interval.Low)}–{Price(interval.High)}";

    private static string Price(double usd) => double.IsFinite(usd) ? "$" + usd.ToString("0.00", CultureInfo.InvariantCulture) : "∞";

    private static string Names(IEnumerable<string> models, string between) => string.Join(between, models.Select(Name));

    private static string Name(string name) => Untrusted.Line(name, NameLength);
}
