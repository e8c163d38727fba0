using System.Globalization;
using AgentRouter.Bench.Healing.Chaos;
using AgentRouter.Tools.Healing;

namespace AgentRouter.Bench.Healing;

/// <summary>Random graphs and random faults that nobody is told of.</summary>
internal static class ChaosReport
{
    private const int ShownProblems = 20;

    public static async Task<Report> RunAsync(int cases)
    {
        Report report = new Report("chaos", "Chaos")
            .Text("Random graphs of up to 12 tools (and their checks and undos), random goals, and a random fault for each call, which nobody is told of before: a tool is down,")
            .Text("refuses, dies before or after it has done its work, hangs before or after it, answers with something else than it promises or with nothing, is throttled, is slow.")
            .Text("Judged by what the tools did, whatever was said: no effect is there twice at any moment; what is said to be reached is there; each failure is told. Where tools only")
            .Text("look and each is either sound or hopeless, the goal is reached if and only if sound tools lead to it, and the first path is compared with the cheapest set of tools of all.");
        report.Header("tools", "cases", "failed calls", "reached", "lesser goal", "given up", "problems");
        var problems = new List<string>();
        foreach ((string name, bool isPure) in new[] { ("with effects", false), ("that only look", true) })
        {
            var verdicts = new ChaosVerdict[cases];
            await Parallel.ForAsync(0, cases, async (seed, _) => verdicts[seed] = await ChaosRun.DoAsync(seed, isPure).ConfigureAwait(false)).ConfigureAwait(false);
            problems.AddRange(verdicts.Select((verdict, seed) => (verdict, seed)).Where(one => one.verdict.Problem is not null).Select(one => $"{name}, {one.seed}: {one.verdict.Problem}"));
            report.Row(name, Number(cases), Number(verdicts.Sum(verdict => verdict.Failures)), Number(Count(GoalStatus.Reached)), Number(Count(GoalStatus.Lesser)), Number(Count(GoalStatus.Failed)),
                Number(verdicts.Count(verdict => verdict.Problem is not null)));

            int Count(GoalStatus status) => verdicts.Count(verdict => verdict.Status == status);
        }

        report.Text("");
        foreach (string problem in problems.Take(ShownProblems))
            report.Text($"- {problem}");
        return report;
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
