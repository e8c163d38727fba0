using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Routing.Policies.Boundary.Model;

namespace AgentRouter.Bench.Gym;

/// <summary>The policies that are compared. Each is trained on the same rows and asked the same questions.</summary>
internal static class GymPolicies
{
    /// <summary>The optimum of the table.</summary>
    public static Func<GymState, int> Table(BoundaryModel model)
    {
        var table = new BoundaryTable(model);
        int[] classes = [.. Enumerable.Range(0, 64).Select(look => ClassOf(model, look))];
        return state => table.Best(state.Step, state.Left, classes[Math.Min(state.Look, 63)], state.Failed).Rung;
    }

    /// <summary>A price of budget that is the same everywhere: the smallest at which the expected spending per step fits what is left
    /// over the expected steps, keeping a cheap call for each of them. Solved anew at each step.</summary>
    public static Func<GymState, int> Multiplier(BoundaryModel model, double[] costs)
    {
        double[] prices = [.. Enumerable.Range(0, 200).Select(i => i == 0 ? 0 : 0.0005 * Math.Pow(1.05, i))];
        return state =>
        {
            double remaining = Remaining(model, state.Step);
            double perStep = state.Left / remaining;
            int z = ClassOf(model, state.Look);
            foreach (double price in prices)
            {
                double spend = 0;
                foreach (BoundaryClass of in model.Classes)
                    spend += of.Share * ExpectedSpend(model, of, costs, price);
                if (spend <= perStep || price == prices[^1])
                {
                    int chosen = Choose(model.Classes[z], state.Failed, costs, price);
                    bool fits = chosen >= 0 && state.Left - costs[chosen] >= (remaining - 1) * costs[0];
                    return fits ? chosen : Cheapest(state.Failed, costs);
                }
            }

            return Cheapest(state.Failed, costs);
        };
    }

    /// <summary>The dearest solver where the cheap one is likely to fail, by a threshold that is tuned on training tasks at each cap.</summary>
    public static Func<GymState, int> Threshold(BoundaryModel model, GymTask[] training, double[] costs, double cap, bool isVerified)
    {
        Func<GymState, int>? best = null;
        double most = -1;
        for (double threshold = 0; threshold <= 1.001; threshold += 0.05)
        {
            double at = threshold;
            int last = costs.Length - 1;
            Func<GymState, int> policy = state => state.Failed != 0 || model.Classes[ClassOf(model, state.Look)].Success(0, 0) < at
                ? Dearest(state, costs)
                : state.Left >= costs[0] ? 0 : -1;
            double success = training.Average(task => task.Run(policy, costs, cap, isVerified).Succeeded ? 1.0 : 0.0);
            if (success > most)
                (best, most) = (policy, success);
        }

        return best!;
    }

    /// <summary>The dearest solver as long as a cheap call stays affordable for each step that is still expected.</summary>
    public static Func<GymState, int> FirstLarge(BoundaryModel model, double[] costs) => state =>
    {
        int last = costs.Length - 1;
        bool fits = (state.Failed >> last & 1) == 0 && state.Left - costs[last] >= (Remaining(model, state.Step) - 1) * costs[0];
        return fits ? last : Cheapest(state.Failed, costs);
    };

    /// <summary>The cheapest solver that has not failed yet.</summary>
    public static Func<GymState, int> Cascade(double[] costs) => state => Cheapest(state.Failed, costs);

    /// <summary>The dearest solver, then cheaper ones.</summary>
    public static Func<GymState, int> AlwaysLarge(double[] costs) => state => Dearest(state, costs);

    /// <summary>Any solver.</summary>
    public static Func<GymState, int> Random(double[] costs, int seed)
    {
        var random = new Random(seed);
        return state =>
        {
            int[] open = [.. Enumerable.Range(0, costs.Length).Where(solver => (state.Failed >> solver & 1) == 0)];
            return open.Length == 0 ? -1 : open[random.Next(open.Length)];
        };
    }

    private static int Choose(BoundaryClass of, int failed, double[] costs, double price)
    {
        int best = -1;
        double most = double.MinValue;
        for (int solver = 0; solver < costs.Length; solver++)
        {
            if ((failed >> solver & 1) != 0)
                continue;
            double worth = of.Success(solver, failed) - price * costs[solver];
            if (worth > most)
                (best, most) = (solver, worth);
        }

        return best;
    }

    // with verification a wrong step goes on with the next best solver
    private static double ExpectedSpend(BoundaryModel model, BoundaryClass of, double[] costs, double price)
    {
        double spend = 0, reach = 1;
        int failed = 0;
        do
        {
            int solver = Choose(of, failed, costs, price);
            if (solver < 0)
                break;
            spend += reach * costs[solver];
            reach *= 1 - of.Success(solver, failed);
            failed |= 1 << solver;
        }
        while (model.IsVerified);
        return spend;
    }

    private static double Remaining(BoundaryModel model, int step)
    {
        double sum = 0, alive = 1;
        for (int t = step; t <= model.Hazard.Count; t++)
        {
            sum += alive;
            alive *= 1 - model.Hazard[t - 1];
        }

        return Math.Max(1, sum);
    }

    private static int Cheapest(int failed, double[] costs)
    {
        for (int solver = 0; solver < costs.Length; solver++)
        {
            if ((failed >> solver & 1) == 0)
                return solver;
        }

        return -1;
    }

    private static int Dearest(GymState state, double[] costs)
    {
        for (int solver = costs.Length - 1; solver >= 0; solver--)
        {
            if ((state.Failed >> solver & 1) == 0 && costs[solver] <= state.Left)
                return solver;
        }

        return -1;
    }

    private static int ClassOf(BoundaryModel model, int look)
    {
        int at = model.IndexOf(GymTraining.ClassName(look));
        return at >= 0 ? at : Math.Max(0, model.IndexOf(Routing.Policies.Boundary.Training.BoundaryTrainer.Other));
    }
}
