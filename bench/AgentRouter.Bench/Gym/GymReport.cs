using System.Globalization;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Statistics;

namespace AgentRouter.Bench.Gym;

/// <summary>Executed tasks under a hard cap: how near each policy comes to the optimum, on tasks nobody trained on.</summary>
internal static class GymReport
{
    private const int TrainingSeed = 11;
    private const int Draws = 5;
    private const int TestSeed = 12;
    private const int OptimumSeed = 13;
    private const int OptimumRows = 5_000;
    private static readonly double[] CapShares = [0.30, 0.45, 0.60, 0.80, 1.10];
    private static readonly (string Name, int[] Solvers, double[] Costs)[] Ladders =
        [("two solvers", [0, 2], [1, 5]), ("three solvers", [0, 1, 2], [1, 2, 5])];

    public static Report Run(bool quick)
    {
        int tests = quick ? 100 : 1_000;
        var report = new Report("gym", "Boundary gym: executed tasks under a hard cap")
            .Text("A task is 5 to 11 steps that must all be right; how many is hidden. A step is a puzzle on which every solver really works and whose result is checked.")
            .Text($"The cheapest solver costs 1, the dearest 5; a cap of 1.00 pays for the dearest at 8 steps. Success in percent over {tests} tasks that nobody trained on, with the 95 % interval;")
            .Text($"The boundary policy's rows are means over {Draws} tables, each from training tasks of its own.")
            .Text("in brackets the share of the optimum, which is the same recursion over a table of 5,000 other rows. 'verified': a wrong step is seen at once and may be tried with another solver.");
        foreach (IGymGame game in (IGymGame[])[new SlidingTiles(), new GraphColouring()])
        {
            GymTask[][] training = [.. Enumerable.Range(0, Draws).Select(draw => GymTask.Make(game, 60, TrainingSeed + 100 * draw))];
            GymTask[] test = GymTask.Make(game, tests, TestSeed);
            GymTask[] world = GymTask.Make(game, quick ? 100 : OptimumRows / 8, OptimumSeed);
            report.Text($"\n## {game.Name}: {string.Join(", ", game.Solvers)}\n").Text(Shares(game, world));
            foreach ((string name, int[] solvers, double[] costs) in Ladders)
            {
                foreach (bool isVerified in (bool[])[false, true])
                    Table(report, $"{name}, {(isVerified ? "verified" : "not verified")}", training, test, world, solvers, costs, isVerified);
            }
        }

        return report;
    }

    private static string Shares(IGymGame game, GymTask[] world)
    {
        GymStep[] steps = [.. world.SelectMany(task => task.Steps)];
        return "Right steps: " + string.Join(", ", game.Solvers.Select((solver, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{solver} {steps.Average(step => step.Right[i] ? 100.0 : 0):0.0} %"))) + ".";
    }

    private static void Table(Report report, string title, GymTask[][] training, GymTask[] test, GymTask[] world, int[] solvers, double[] costs, bool isVerified)
    {
        GymTask[] Only(GymTask[] tasks) =>
            [.. tasks.Select(task => new GymTask([.. task.Steps.Select(step => step with { Right = [.. solvers.Select(solver => step.Right[solver])] })]))];
        (training, test, world) = ([.. training.Select(Only)], Only(test), Only(world));
        int[] all = [.. Enumerable.Range(0, solvers.Length)];
        BoundaryModel Trained(GymTask[] tasks, int rows) => GymTraining.Train(tasks, rows, all, costs, isVerified);
        BoundaryModel model = Trained(training[0], 400);
        Func<double, Func<GymState, int>> optimum = Same(GymPolicies.Table(Trained(world, OptimumRows)));
        (string Name, Func<double, Func<GymState, int>> Make)[] policies =
        [
            ("one price of budget", Same(GymPolicies.Multiplier(model, costs))),
            ("tuned threshold", cap => GymPolicies.Threshold(model, training[0], costs, cap, isVerified)),
            ("first large, with reserve", Same(GymPolicies.FirstLarge(model, costs))),
            (isVerified ? "cheap first" : "always small", Same(GymPolicies.Cascade(costs))),
            ("always large", Same(GymPolicies.AlwaysLarge(costs))),
            ("random", _ => GymPolicies.Random(costs, TestSeed)),
        ];
        report.Text($"\n### {title}").Header(["policy", .. CapShares.Select(cap => string.Create(CultureInfo.InvariantCulture, $"cap {cap:0.00}"))]);
        double[][] best = [.. CapShares.Select(cap => Succeeded(test, optimum, costs, cap, isVerified))];
        report.Row(["optimum", .. best.Select(values => Percent(values))]);
        foreach (int rows in (int[])[400, 100])
        {
            Func<GymState, int>[] tables = [.. training.Select(tasks => GymPolicies.Table(Trained(tasks, rows)))];
            report.Row([string.Create(CultureInfo.InvariantCulture, $"**boundary**, {rows} rows"), .. CapShares.Select((cap, i) =>
            {
                double[][] draws = [.. tables.Select(table => Succeeded(test, Same(table), costs, cap, isVerified))];
                double[] values = [.. test.Select((_, task) => draws.Average(draw => draw[task]))];
                return $"{Percent(values)} ({Share(values, best[i])})";
            })]);
        }

        foreach ((string name, Func<double, Func<GymState, int>> make) in policies)
        {
            report.Row([name, .. CapShares.Select((cap, i) =>
            {
                double[] values = Succeeded(test, make, costs, cap, isVerified);
                return $"{Percent(values)} ({Share(values, best[i])})";
            })]);
        }
    }

    private static Func<double, Func<GymState, int>> Same(Func<GymState, int> policy) => _ => policy;

    private static double[] Succeeded(GymTask[] tasks, Func<double, Func<GymState, int>> make, double[] costs, double share, bool isVerified)
    {
        double cap = share * 8 * costs[^1];
        Func<GymState, int> policy = make(cap);
        return [.. tasks.Select(task =>
        {
            (bool succeeded, double spent) = task.Run(policy, costs, cap, isVerified);
            return spent > cap + 1e-9 ? throw new InvalidOperationException("A policy has passed the cap.") : succeeded ? 1.0 : 0.0;
        })];
    }

    private static string Percent(double[] values)
    {
        Interval interval = Bootstrap.OfMean(values, TestSeed, 200);
        return string.Create(CultureInfo.InvariantCulture, $"{values.Average() * 100:0.0} ±{(interval.High - interval.Low) * 50:0.0}");
    }

    private static string Share(double[] values, double[] best) =>
        best.Sum() > 0 ? string.Create(CultureInfo.InvariantCulture, $"{values.Sum() / best.Sum() * 100:0} %") : "–";
}
