using AgentRouter.Cli.Terminals;

namespace AgentRouter.Cli.Commands.Route;

/// <summary>Names the groups of an outcome table that no model solves.</summary>
internal static class UnsolvedGroups
{
    private const int Shown = 5;

    /// <summary>Names some of them for people.</summary>
    public static string Names(IReadOnlyList<string> groups)
    {
        IEnumerable<string> names = groups.Take(Shown).Select(group => group.Length > 0 ? $"'{Untrusted.Line(group, 60)}'" : "the rows without a group");
        return string.Join(", ", names) + (groups.Count > Shown ? $" and {groups.Count - Shown} more groups" : "");
    }
}
