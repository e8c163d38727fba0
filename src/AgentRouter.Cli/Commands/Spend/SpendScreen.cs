using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Runs.Sqlite;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Spend;

/// <summary>What was spent, as a table with its sum.</summary>
internal sealed class SpendScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the rows.</summary>
    /// <param name="by">By what they are summed up.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="folder">The store's folder.</param>
    public void Show(string by, IReadOnlyList<SpendRow> rows, string folder)
    {
        if (rows.Count == 0)
        {
            _screen.Line(new Paragraph($"Nothing was spent in {folder}."));
            return;
        }

        Money total = rows.Aggregate(Money.Zero, (sum, row) => sum + row.Usd);
        var table = new ColumnTable(
            new Column(by) { IsFlexible = true },
            new Column("calls") { IsRight = true },
            new Column("tokens") { IsRight = true, LeaveOut = 2 },
            new Column("spent") { IsRight = true },
            new Column("share") { IsRight = true, LeaveOut = 1 });
        foreach (SpendRow row in rows)
            table.Row(Untrusted.Line(row.Name ?? _screen.Glyphs.Missing, 80), Numbers.Count(row.Calls), Numbers.Count(row.Tokens), Numbers.Money(row.Usd), Share(row.Usd, total));
        table.Rule().Row("all", Numbers.Count(rows.Sum(row => row.Calls)), Numbers.Count(rows.Sum(row => row.Tokens)), Numbers.Money(total), "");
        _screen.Write(table);
    }

    private static string Share(Money part, Money total) => total == Money.Zero ? "" : Numbers.Percent(part.ToUsd() / total.ToUsd());
}
