using AgentRouter.Configuration;
using AgentRouter.Routing.Evaluation.Stages;
using AgentRouter.Routing.Policies.Boundary.Model;

namespace AgentRouter.Routing.Policies.Boundary.Training;

/// <summary>Learns a prior for agents by their roles from runs in stages, where only the whole run was judged.</summary>
/// <remarks>
/// Score and cost of a run are taken as a sum over its kind of task and its stages' models (ridge regression). What a stage's model
/// loses against the dearest one becomes its chance to be wrong; a dearer model is taken to do whatever a cheaper one does. Who uses the
/// prior for a workflow of their own calibrates as soon as there are tasks for it.
/// </remarks>
internal static class StagePrior
{
    private const double Ridge = 5;
    private const double LeastUsd = 1e-6;

    /// <summary>Learns a model.</summary>
    /// <param name="runs">The runs; all have the same stages.</param>
    /// <param name="rungs">The ladder; a model of the runs belongs to the rung whose name it is or begins with, before a <c>/</c>.</param>
    /// <param name="roles">The role of each stage.</param>
    /// <param name="callsPerVisit">The LLM calls a visit of a node is taken to make.</param>
    /// <exception cref="ConfigurationException">A stage has no role, or a model no rung.</exception>
    public static BoundaryModel Learn(IReadOnlyList<StageRun> runs, IReadOnlyList<BoundaryRung> rungs, IReadOnlyDictionary<string, string> roles, double callsPerVisit)
    {
        string[] stages = [.. runs[0].Arm.Models.Select(pair => pair.Stage)];
        if (Array.Find(stages, stage => !roles.ContainsKey(stage)) is { } missing)
            throw new ConfigurationException($"The stage '{missing}' has no role. --stages names one for each, such as {missing}=executor.");
        int[][] chosen = [.. runs.Select(run => stages.Select(stage => RungOf(rungs, run.Arm.Models.First(pair => pair.Stage == stage).Model)).ToArray())];
        Effects score = Fit(runs, chosen, rungs.Count, run => run.Score), cost = Fit(runs, chosen, rungs.Count, run => run.Usd);
        int top = rungs.Count - 1;
        double best = Math.Clamp(score.Base + Enumerable.Range(0, stages.Length).Sum(stage => score.Of(stage, top)), 0.01, 1);
        BoundaryClass[] classes =
        [
            .. stages.Select((stage, i) => new BoundaryClass
            {
                Name = BoundaryClasses.RolePrefix + roles[stage],
                Share = 1.0 / stages.Length,
                Rows = runs.Count,
                Outcomes = Nested([.. rungs.Select((_, rung) => Math.Pow(best, 1.0 / stages.Length) * (1 - Math.Max(0, score.Of(i, top) - score.Of(i, rung)) / best))]),
                Costs = [.. rungs.Select((_, rung) => (double[])[Math.Max(LeastUsd, cost.Base / stages.Length + cost.Of(i, rung))])],
                Calls = [.. rungs.Select(_ => callsPerVisit)],
            }),
        ];
        return new BoundaryModel
        {
            Rungs = rungs,
            Classes = [.. classes, Mean(classes)],
            Hazard = BoundaryTrainer.Hazard([.. runs.Select(_ => stages.Length)]),
            IsVerified = true,
        };
    }

    private static int RungOf(IReadOnlyList<BoundaryRung> rungs, string model)
    {
        for (int rung = 0; rung < rungs.Count; rung++)
        {
            if (model == rungs[rung].Name || model.StartsWith(rungs[rung].Name + "/", StringComparison.Ordinal))
                return rung;
        }

        throw new ConfigurationException($"The runs use the model '{model}', which is not on the ladder {string.Join(", ", rungs.Select(rung => rung.Name))}.");
    }

    // a set of models is right together: all from some rung on
    private static double[] Nested(double[] right)
    {
        var outcomes = new double[1 << right.Length];
        double before = 0;
        for (int rung = 0; rung < right.Length; rung++)
        {
            double reached = Math.Max(before, right[rung]);
            outcomes[((1 << right.Length) - 1) & ~((1 << rung) - 1)] = reached - before;
            before = reached;
        }

        outcomes[0] = 1 - before;
        return outcomes;
    }

    // agents of other roles are taken for the mean of these
    private static BoundaryClass Mean(BoundaryClass[] classes) => new()
    {
        Name = BoundaryTrainer.Other,
        Share = 0,
        Rows = classes[0].Rows,
        Outcomes = [.. Enumerable.Range(0, classes[0].Outcomes.Count).Select(i => classes.Average(of => of.Outcomes[i]))],
        Costs = [.. Enumerable.Range(0, classes[0].Costs.Count).Select(rung => (double[])[classes.Average(of => of.MeanCost(rung))])],
        Calls = classes[0].Calls,
    };

    private static Effects Fit(IReadOnlyList<StageRun> runs, int[][] chosen, int rungs, Func<StageRun, double> value)
    {
        string[] groups = [.. runs.Select(run => run.Group).Distinct().Order(StringComparer.Ordinal)];
        int stages = chosen[0].Length, dearer = rungs - 1, size = stages * dearer + groups.Length;
        var left = new double[size, size];
        var right = new double[size];
        for (int run = 0; run < runs.Count; run++)
        {
            List<int> ones = [stages * dearer + Array.IndexOf(groups, runs[run].Group)];
            for (int stage = 0; stage < stages; stage++)
            {
                if (chosen[run][stage] > 0)
                    ones.Add(stage * dearer + chosen[run][stage] - 1);
            }

            foreach (int i in ones)
            {
                right[i] += value(runs[run]);
                foreach (int j in ones)
                    left[i, j]++;
            }
        }

        for (int i = 0; i < stages * dearer; i++)
            left[i, i] += Ridge;
        double[] solved = Solve(left, right);
        double mean = runs.Average(run => solved[stages * dearer + Array.IndexOf(groups, run.Group)]);
        return new Effects(mean, dearer, solved);
    }

    // Gauss and Jordan with pivots: the matrix has a few dozen rows
    private static double[] Solve(double[,] left, double[] right)
    {
        int size = right.Length;
        for (int column = 0; column < size; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < size; row++)
            {
                if (Math.Abs(left[row, column]) > Math.Abs(left[pivot, column]))
                    pivot = row;
            }

            for (int j = 0; j < size; j++)
                (left[column, j], left[pivot, j]) = (left[pivot, j], left[column, j]);
            (right[column], right[pivot]) = (right[pivot], right[column]);
            double by = left[column, column];
            for (int row = 0; row < size; row++)
            {
                if (row == column)
                    continue;
                double factor = left[row, column] / by;
                for (int j = column; j < size; j++)
                    left[row, j] -= factor * left[column, j];
                right[row] -= factor * right[column];
            }
        }

        for (int i = 0; i < size; i++)
            right[i] /= left[i, i];
        return right;
    }

    // what a rung at a stage adds to the cheapest one there
    private sealed record Effects(double Base, int Dearer, double[] Solved)
    {
        public double Of(int stage, int rung) => rung == 0 ? 0 : Solved[stage * Dearer + rung - 1];
    }
}
