using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Workflows.Preferences;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Agents;

/// <summary>The preferences of agents: for each kind of task and route node, the most preferred first.</summary>
internal sealed class AgentsScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the table.</summary>
    public void Show(IReadOnlyList<AgentPreference> preferences)
    {
        if (preferences.Count == 0)
        {
            _screen.Line(new Paragraph("  Nothing is learned yet.", Palette.Muted));
            return;
        }

        var table = new ColumnTable(
            new Column("kind") { IsFlexible = true },
            new Column("from"),
            new Column("to"),
            new Column("preference") { IsRight = true },
            new Column("chosen") { IsRight = true, LeaveOut = 2 },
            new Column("right") { IsRight = true },
            new Column("usd a use") { IsRight = true, LeaveOut = 3 },
            new Column("last") { IsRight = true, LeaveOut = 1 })
        {
            TellsLeftOut = true,
        };
        foreach (AgentPreference[] group in preferences.GroupBy(row => (row.Kind, row.From)).Select(group => group.OrderByDescending(row => row.Preference).ToArray()))
        {
            if (!group.Contains(preferences[0]))
                table.Rule();
            foreach (AgentPreference row in group)
                Add(table, row, isFirst: row == group[0]);
        }

        _screen.Write(table);
    }

    private static void Add(ColumnTable table, AgentPreference row, bool isFirst)
    {
        int verified = row.Right + row.Wrong;
        table.Row(
            isFirst ? Untrusted.Line(row.Kind, 60) : "",
            isFirst ? Untrusted.Line(row.From, 30) : "",
            Untrusted.Line(row.To, 30),
            new Cell(row.Preference.ToString("0.00", CultureInfo.InvariantCulture), isFirst ? Palette.Accent : Palette.Plain),
            Numbers.Count(row.Chosen),
            verified == 0 ? "" : $"{Numbers.Count(row.Right)} of {Numbers.Count(verified)}",
            Figures.Usd(verified == 0 ? null : row.Usd),
            Numbers.Moment(row.At));
    }
}
