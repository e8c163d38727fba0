using System.Text;
using System.Text.RegularExpressions;
using AgentRouter.Tools.Text;

namespace AgentRouter.Tools.Workspace.Testing;

/// <summary>Makes of a test run's log what its reader needs first: build errors, failing tests, the summary.</summary>
internal static partial class TestReport
{
    /// <summary>Makes the report.</summary>
    /// <param name="log">The log of the run.</param>
    /// <param name="limit">The most characters.</param>
    /// <returns>The build errors, failing tests and summary where the log has such, else the log itself, shortened.</returns>
    public static string Make(string log, int limit)
    {
        string[] lines = log.Split('\n');
        var report = new StringBuilder();
        foreach (string error in BuildErrors(lines)) report.Append(error).Append('\n');
        foreach (string line in Failures(lines)) report.Append(line).Append('\n');
        if (report.Length == 0 && !lines.Any(line => Summary().IsMatch(line))) return OutputCapture.Shorten(log.Trim(), limit);

        foreach (string line in lines)
        {
            if (Summary().IsMatch(line) || line.StartsWith('…')) report.Append(line.Trim()).Append('\n');
        }

        return OutputCapture.Shorten(report.ToString().TrimEnd(), limit);
    }

    /// <summary>The errors of a build, each once: MSBuild prints them again at the end.</summary>
    private static IEnumerable<string> BuildErrors(string[] lines) =>
        lines.Where(line => BuildError().IsMatch(line)).Select(line => ProjectSuffix().Replace(line.Trim(), string.Empty)).Distinct();

    /// <summary>The blocks of failing tests as the console logger prints them: two blanks, "Failed", the name and the time, then the details.</summary>
    private static IEnumerable<string> Failures(string[] lines)
    {
        bool inside = false;
        foreach (string line in lines)
        {
            if (FailedTest().IsMatch(line)) inside = true;
            else if (OtherTest().IsMatch(line) || Summary().IsMatch(line) || RunnerLine().IsMatch(line)) inside = false;
            if (inside && line.Length > 0) yield return line;
        }
    }

    [GeneratedRegex(@"(?:: |^)error [A-Z]+\d+ ?:", RegexOptions.NonBacktracking)]
    private static partial Regex BuildError();

    [GeneratedRegex(@" \[[^\[\]]+proj(?:::[^\[\]]+)?\]$", RegexOptions.NonBacktracking)]
    private static partial Regex ProjectSuffix();

    [GeneratedRegex(@"^  Failed \S.*\[.+\]\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex FailedTest();

    [GeneratedRegex(@"^  (?:Passed|Skipped) \S.*\[.+\]\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex OtherTest();

    [GeneratedRegex(@"^\[xUnit\.net |^Test Run |^Total tests:|^Results File:|^Test run for |^VSTest version |^Starting test execution", RegexOptions.NonBacktracking)]
    private static partial Regex RunnerLine();

    [GeneratedRegex(@"^\S.*Failed: +\d+, Passed: +\d+, Skipped: +\d+, Total: +\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Summary();
}
