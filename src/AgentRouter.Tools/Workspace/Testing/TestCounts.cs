using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentRouter.Tools.Workspace.Testing;

/// <summary>How many tests passed, failed and were skipped, summed over a log's summary lines.</summary>
internal readonly partial record struct TestCounts(int Passed, int Failed, int Skipped)
{
    /// <summary>Reads the counts from the output of a test run; zeros when there is no summary that is known.</summary>
    public static TestCounts Read(string log)
    {
        if (Sum(VsTest().Matches(log)) is { } vsTest) return vsTest;
        // Microsoft.Testing.Platform sums over all projects by itself: the last one counts
        if (MtpSummary().Matches(log).LastOrDefault() is { } mtp) return From(mtp);
        if (Pytest().Matches(log).LastOrDefault() is { } pytest) return FromWords(pytest.Value);
        if (Jest().Matches(log).LastOrDefault() is { } jest) return FromWords(jest.Value);
        return Node().Matches(log).LastOrDefault() is { } node ? From(node) : default;
    }

    private static TestCounts? Sum(MatchCollection matches)
    {
        if (matches.Count == 0) return null;
        var sum = default(TestCounts);
        foreach (Match match in matches)
        {
            TestCounts next = From(match);
            sum = new TestCounts(sum.Passed + next.Passed, sum.Failed + next.Failed, sum.Skipped + next.Skipped);
        }

        return sum;
    }

    private static TestCounts From(Match match) => new(Number(match.Groups["passed"]), Number(match.Groups["failed"]), Number(match.Groups["skipped"]));

    private static TestCounts FromWords(string summary)
    {
        int passed = 0, failed = 0, skipped = 0;
        foreach (Match match in Words().Matches(summary))
        {
            int count = Number(match.Groups["count"]);
            string word = match.Groups["word"].Value;
            if (word == "passed") passed += count;
            else if (word is "failed" or "error" or "errors") failed += count;
            else skipped += count;
        }

        return new TestCounts(passed, failed, skipped);
    }

    private static int Number(Group group) => int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    // Failed!  - Failed:     1, Passed:     3, Skipped:     0, Total:     4, Duration: 15 ms - Sample.dll (net10.0)
    [GeneratedRegex(@"^\S.*Failed: +(?<failed>\d+), Passed: +(?<passed>\d+), Skipped: +(?<skipped>\d+), Total: +\d+", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex VsTest();

    // Test run summary: Failed! / total: 5 / failed: 1 / succeeded: 3 / skipped: 1
    [GeneratedRegex(@"^ *failed: (?<failed>\d+)\n *succeeded: (?<passed>\d+)\n *skipped: (?<skipped>\d+)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex MtpSummary();

    // 1 failed, 3 passed, 1 skipped in 0.12s
    [GeneratedRegex(@"^=* ?(?:\d+ [a-z]+(?:, )?)+ in [0-9.]+s", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Pytest();

    // Tests:       1 failed, 2 passed, 3 total
    [GeneratedRegex(@"^ *Tests:? +(?:\d+ [a-z]+(?:, | \| )?)+", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Jest();

    // # pass 3 / # fail 1 / # cancelled 0 / # skipped 0, with another first character outside of TAP
    [GeneratedRegex(@"^\S pass (?<passed>\d+)\n\S fail (?<failed>\d+)\n(?:\S cancelled \d+\n)?\S skipped (?<skipped>\d+)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Node();

    [GeneratedRegex(@"(?<count>\d+) (?<word>passed|failed|errors?|skipped|xfailed|todo)", RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
