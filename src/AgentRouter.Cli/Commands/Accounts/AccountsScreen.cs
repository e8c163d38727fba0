using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Configuration;
using AgentRouter.Pricing;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Accounts;

/// <summary>The accounts, as a table.</summary>
internal sealed class AccountsScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the accounts.</summary>
    /// <param name="rows">The accounts, in the order of the configuration.</param>
    /// <param name="configuration">Where they stand.</param>
    /// <param name="folder">The store's folder.</param>
    public void Show(IReadOnlyList<AccountRow> rows, RouterConfiguration configuration, string folder)
    {
        if (rows.Count == 0)
        {
            _screen.Line(new Paragraph($"There are no accounts in {configuration.SourceFile}."));
            _screen.Line(new Paragraph("accounts: { anna: { usd: 5, per: day } } adds one; run --account anna draws from it.", Palette.Muted));
            return;
        }

        var table = new ColumnTable(
            new Column("account") { IsFlexible = true },
            new Column("limit") { IsRight = true },
            new Column("per") { LeaveOut = 2 },
            new Column("spent") { IsRight = true },
            new Column("held") { IsRight = true, LeaveOut = 3 },
            new Column("left") { IsRight = true },
            new Column("begins anew (UTC)") { LeaveOut = 1 });
        foreach (AccountRow row in rows)
        {
            table.Row(
                Untrusted.Line(row.Account.Name, 60),
                Numbers.Limit(row.Account.Limit),
                row.Per ?? _screen.Glyphs.Missing,
                Numbers.Money(row.Balance.Spent),
                Numbers.Money(row.Balance.Held),
                new Cell(Numbers.Money(row.Left), row.Left == Money.Zero ? Palette.Warning : Palette.Plain),
                row.RenewsAt is { } renews ? Numbers.Moment(renews) : _screen.Glyphs.Missing);
        }

        _screen.Write(table);
        _screen.Gap();
        string standard = configuration.DefaultAccount is { } name ? $"  Runs draw from '{name}' unless --account names another; " : "  A run draws from one with --account; ";
        _screen.Line(new Paragraph($"{standard}counted in {folder}", Palette.Muted));
    }
}
