using AgentRouter.Cli.Commands.Tools.Bench.Worlds;

namespace AgentRouter.Cli.Commands.Tools.Bench.Judging;

/// <summary>Judges an end by what the services have noted. What the system says of itself is not asked.</summary>
internal static class Oracle
{
    /// <summary>Judges.</summary>
    /// <param name="log">What the services noted, in order.</param>
    /// <param name="end">The right end.</param>
    public static Verdict Judge(IReadOnlyList<LogEntry> log, RightEnd end)
    {
        string[] effects = [.. log.Where(entry => entry.IsEffect).Select(entry => entry.What)];
        HashSet<string> looks = [.. log.TakeWhile(entry => !entry.IsEffect).Select(entry => entry.What)];
        string[] skipped = [.. end.Branches.Where(branch => !looks.Contains(branch))];
        return new Verdict(
            [
                .. end.Effects.Except(effects).Select(effect => $"missing: {effect}"),
                .. effects.Except(end.Effects).Select(effect => $"not to happen: {effect}"),
                .. effects.GroupBy(effect => effect).Where(group => group.Count() > 1).Select(group => $"more than once: {group.Key}"),
                .. skipped.Select(branch => $"branch not run: {branch}"),
            ],
            end.Branches.Count - skipped.Length);
    }

    /// <summary>Tells whether a system's claim hides that the goal is not there.</summary>
    /// <param name="claim">What the system says.</param>
    /// <param name="end">The right end.</param>
    /// <param name="verdict">How the log was judged.</param>
    public static bool IsSilent(Claim claim, RightEnd end, Verdict verdict) => claim switch
    {
        Claim.Reached => !(end.IsWhole && verdict.IsRight),
        Claim.Lesser => !verdict.IsRight,
        _ => false,
    };
}
