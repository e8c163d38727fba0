namespace AgentRouter.Routing.Outcomes;

/// <summary>Puts the rows of a table in the order in which policies that forget learn them.</summary>
internal static class GroupTurns
{
    /// <summary>Lets the groups take turns, each in its order and by its size: what is forgotten first, where there is too much, is then the
    /// oldest of each group and not all of one.</summary>
    public static IEnumerable<OutcomeRow> InTurns(this IEnumerable<OutcomeRow> rows) => rows
        .GroupBy(row => row.Group)
        .SelectMany(group =>
        {
            OutcomeRow[] ofGroup = [.. group];
            return ofGroup.Select((row, i) => (Row: row, At: (i + 0.5) / ofGroup.Length));
        })
        .OrderBy(entry => entry.At)
        .Select(entry => entry.Row);
}
