using System.Diagnostics;
using System.Globalization;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Goals;
using AgentRouter.Tools.Health;

namespace AgentRouter.Bench.Healing;

/// <summary>Plans over the tools of public catalogues, and plans again when a tool of each has died.</summary>
internal static class GraphsReport
{
    private const int Seed = 7;
    private const int MostGoals = 1_000;

    public static Report Run(string folder)
    {
        Report report = new Report("graphs", "Paths over real tools")
            .Text("Tool catalogues and graphs of public data. Parameters: a tool needs the required parameters that some other tool returns by that name, and half of the names are given. Types: a tool")
            .Text("needs its input types, and one type is given. Who follows whom: any one of the tools that the data shows before it is enough. Goals are the gold tools of the tasks, or (types)")
            .Text("each tool and pair of tools; those that nothing leads to are left out. Costs are random, 0.5 to 5. Then a random tool of the path dies: the time is that of the new plan, weights included.")
            .Header("graph", "tools", "needs and provides", "goals", "paths found", "proven the cheapest", "p50, µs", "p99, µs", "another path exists when one tool dies", "p50, µs", "p99, µs");
        foreach (RealGraph real in RealGraphs.Read(folder).Where(real => real.Goals.Count > 0))
            Measure(report, real);
        return report;
    }

    private static void Measure(Report report, RealGraph real)
    {
        var random = new Random(Seed);
        CapabilityGraph graph = new([.. real.Graph.Tools.Select(tool => tool with { Cost = 0.5 + (4.5 * random.NextDouble()) })], real.Graph.Facts);
        var registry = new ToolHealthRegistry();
        ToolHealth[] health = [.. graph.Tools.Select(registry.Of)];
        var caller = new InstantTools(failEvery: 0);
        List<double> first = [], again = [];
        int goals = 0, found = 0, proven = 0, around = 0;
        foreach (CapabilityGoal goal in real.Goals.OrderBy(_ => random.Next()).Take(MostGoals))
        {
            int[] relevant = graph.ToolsFor(goal.Needs);
            GoalTools tools = new(graph, health, relevant, registry, caller);
            goals++;
            if (Time(first, () => tools.Plan(goal.Needs, real.Given)) is not { } path)
                continue;
            found++;
            proven += path.LowerBound >= path.Cost * (1 - 1e-9) ? 1 : 0;
            tools.Block(path.Tools[random.Next(path.Tools.Count)]);
            around += Time(again, () => tools.Plan(goal.Needs, real.Given)) is null ? 0 : 1;
        }

        first.Sort();
        again.Sort();
        int edges = graph.Tools.Sum(tool => tool.Needs.Count + tool.Provides.Count);
        report.Row(real.Name, Number(graph.Tools.Count), Number(edges), Number(goals), Share(found, goals), Share(proven, found), At(first, 0.5), At(first, 0.99), Share(around, found), At(again, 0.5), At(again, 0.99));
    }

    private static GoalPath? Time(List<double> times, Func<GoalPath?> plan)
    {
        plan();
        long began = Stopwatch.GetTimestamp();
        GoalPath? path = plan();
        times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        return path;
    }

    private static string At(List<double> sorted, double share) => sorted.Count == 0 ? "" : sorted[(int)((sorted.Count - 1) * share)].ToString("0.0", CultureInfo.InvariantCulture);

    private static string Share(int part, int of) => of == 0 ? "" : ((double)part / of).ToString("P1", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
