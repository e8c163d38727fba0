namespace AgentRouter.Cli.Commands.Skills.Eval;

/// <summary>Names pools by what tells their paths apart.</summary>
internal static class PoolNames
{
    /// <summary>Leaves out the folders before and the parts behind that all paths have.</summary>
    /// <param name="paths">The paths.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> paths)
    {
        string[][] parts = [.. paths.Select(path => path.Split('/', '\\'))];
        int shortest = parts.Min(each => each.Length);
        int before = Count(shortest - 1, at => each => each[at]);
        int behind = Count(shortest - 1 - before, at => each => each[^(at + 1)]);
        return [.. parts.Select(each => string.Join('/', each[before..^behind]))];

        // how many parts are the same in all paths, as many as may be left out
        int Count(int most, Func<int, Func<string[], string>> part)
        {
            int count = 0;
            while (count < most && parts.Select(part(count)).Distinct(StringComparer.Ordinal).Count() == 1)
                count++;
            return count;
        }
    }
}
