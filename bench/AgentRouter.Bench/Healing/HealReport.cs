using System.Diagnostics;
using System.Globalization;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Health;

namespace AgentRouter.Bench.Healing;

/// <summary>What healing costs: the way from a failure to the next call, a call that goes well, and many runs that share what they know.</summary>
internal static class HealReport
{
    private const int Runs = 64;

    public static async Task<Report> RunAsync(bool quick)
    {
        Report report = new Report("heal", "Healing")
            .Text("Tools that answer at once, over a capability graph. Everything is included that happens in use: health, monitors (health, risk, progress, budget pressure), planning, events.")
            .Text("")
            .Text("The way from the return of a failed call to the call of the tool that stands in for it. Each third call refuses. A goal is a chain, or several chains that must all be gone.")
            .Header("graph", "goal", "reroutes", "p50, µs", "p99, µs", "first path proven to be the cheapest");
        foreach ((int tools, int edges, int rounds) in new[] { (20, 60, 20_000), (1_000, 20_000, 2_000) })
        {
            foreach (int branches in tools < 100 ? new[] { 1, 2 } : [1, 2, 4])
            {
                LayeredGraph graph = LayeredGraph.Make(tools, edges, seed: 7);
                (double p50, double p99, int reroutes, double proven) = await RerouteAsync(graph, branches, quick ? rounds / 10 : rounds).ConfigureAwait(false);
                report.Row($"{tools:N0} tools, {graph.Edges:N0} edges", branches == 1 ? "one chain" : $"{branches} chains", Number(reroutes), Micro(p50), Micro(p99), proven.ToString("P0", CultureInfo.InvariantCulture));
            }
        }

        await CallsAsync(report, quick ? 2_000 : 50_000).ConfigureAwait(false);
        await SharedAsync(report, quick ? 200 : 5_000).ConfigureAwait(false);
        return report;
    }

    private static async Task<(double P50, double P99, int Reroutes, double Proven)> RerouteAsync(LayeredGraph made, int branches, int rounds)
    {
        var caller = new InstantTools(failEvery: 3);
        var times = new List<double>(rounds);
        int proven = 0, paths = 0;
        CapabilityGoal goal = made.Goal(branches);
        for (int i = -rounds / 4; i < rounds; i++)
        {
            // all tools are well at the beginning, so that each failure is met at the first way
            var healer = new ToolHealer(made.Graph, new ToolHealthRegistry());
            caller.Begin();
            await healer.ReachAsync(new GoalRequest(goal, caller) { Key = "k", Events = caller }).ConfigureAwait(false);
            if (i < 0)
                continue;
            times.AddRange(caller.Reroutes);
            paths++;
            proven += caller.IsProven ? 1 : 0;
        }

        times.Sort();
        return (At(times, 0.5), At(times, 0.99), times.Count, (double)proven / paths);
    }

    private static async Task CallsAsync(Report report, int rounds)
    {
        report.Text("").Text("A call that goes well, beside the same call made directly: a goal of one tool, made anew for each call, and one more tool on the way to a goal.")
            .Header("graph", "call", "median, µs a call");
        foreach ((int tools, int edges) in new[] { (20, 60), (1_000, 20_000) })
        {
            LayeredGraph made = LayeredGraph.Make(tools, edges, seed: 7);
            var health = new ToolHealthRegistry();
            var healer = new ToolHealer(made.Graph, health);
            var caller = new InstantTools(failEvery: 0);
            double direct = await MedianAsync(rounds, async () => await caller.CallAsync(new ToolCall(made.Graph.Tools[0], [], "c", "k"), CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);
            var one = new CapabilityGoal("one", [made.Graph.Tools[0].Provides[0]]);
            double single = await MedianAsync(rounds, async () => await healer.ReachAsync(new GoalRequest(one, caller) { Key = "k" }).ConfigureAwait(false)).ConfigureAwait(false);
            var unwatched = new ToolHealer(made.Graph, health, monitors: []);
            double plain = await MedianAsync(rounds, async () => await unwatched.ReachAsync(new GoalRequest(one, caller) { Key = "k" }).ConfigureAwait(false)).ConfigureAwait(false);
            CapabilityGoal chain = made.Goal(1);
            double whole = await MedianAsync(rounds / 5, async () => await healer.ReachAsync(new GoalRequest(chain, caller) { Key = "k" }).ConfigureAwait(false)).ConfigureAwait(false);
            string name = $"{tools:N0} tools, {made.Edges:N0} edges";
            report.Row(name, "direct", Micro(direct)).Row(name, "goal of one tool", Micro(single)).Row(name, "the same without monitors", Micro(plain)).Row(name, "one more tool on the way", Micro((whole - single) / (LayeredGraph.Layers - 1)));
        }
    }

    private static async Task SharedAsync(Report report, int goals)
    {
        report.Text("").Text($"{Runs} runs at once, each reaching goals of {LayeredGraph.Layers} tools over a graph of 20: with one health registry for all, and with one each.")
            .Header("health", "goals", "goals/s");
        foreach (bool isShared in new[] { true, false, true, false })
        {
            LayeredGraph made = LayeredGraph.Make(20, 60, seed: 7);
            var shared = new ToolHealer(made.Graph, new ToolHealthRegistry());
            CapabilityGoal goal = made.Goal(1);
            long began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Runs).Select(_ => Task.Run(async () =>
            {
                ToolHealer healer = isShared ? shared : new ToolHealer(made.Graph, new ToolHealthRegistry());
                var caller = new InstantTools(failEvery: 0);
                for (int i = 0; i < goals; i++)
                    await healer.ReachAsync(new GoalRequest(goal, caller) { Key = "k" }).ConfigureAwait(false);
            }))).ConfigureAwait(false);
            report.Row(isShared ? "shared" : "one each", Number(Runs * goals), Number((int)(Runs * goals / Stopwatch.GetElapsedTime(began).TotalSeconds)));
        }
    }

    private static async Task<double> MedianAsync(int rounds, Func<Task> action)
    {
        var times = new List<double>(rounds);
        for (int i = -rounds / 2; i < rounds; i++)
        {
            long began = Stopwatch.GetTimestamp();
            await action().ConfigureAwait(false);
            if (i >= 0)
                times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        times.Sort();
        return At(times, 0.5);
    }

    private static double At(List<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];

    private static string Micro(double microseconds) => microseconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
