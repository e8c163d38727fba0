using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Outcomes;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route;

/// <summary>Says on standard error how many rows of a table are not measured, because they lack a model.</summary>
internal static class LeftOutRows
{
    /// <summary>Says it, where there are any.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="table">The table as it was read.</param>
    /// <param name="models">The models that a row needs; names that the table does not have are left to others.</param>
    public static void Tell(IAnsiConsole error, OutcomeTable table, IEnumerable<string> models)
    {
        string[] needed = [.. models.Where(table.Models.Contains)];
        int left = table.Rows.Count(row => !Array.TrueForAll(needed, row.Models.ContainsKey));
        if (left == 0)
            return;
        IEnumerable<string> lacking = needed
            .Select(model => (Model: model, Rows: table.Rows.Count(row => !row.Models.ContainsKey(model))))
            .Where(entry => entry.Rows > 0)
            .Select(entry => $"{Untrusted.Line(entry.Model, 60)} ({Numbers.Count(entry.Rows)})");
        error.Write(new Text($"{Numbers.Of(left, "row")} of {Numbers.Count(table.Rows.Count)} left out: no outcome of {string.Join(", ", lacking)}.\n", Palette.Warning));
    }
}
