using AgentRouter.Configuration;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Policies.Boundary.Training;

/// <summary>Learns a boundary model from the outcomes of each model of a ladder on the same steps.</summary>
internal static class BoundaryTrainer
{
    /// <summary>The name of the class of all steps that belong to none of their own.</summary>
    public const string Other = "other";

    // the rows of all classes together count as this many of each class
    private const double PseudoRows = 4;

    // a class with fewer rows is not told apart from the others, and its costs are not its own
    private const int LeastRows = 8;

    /// <summary>Learns a model.</summary>
    /// <param name="table">The outcomes; rows that lack a model of the ladder are left out.</param>
    /// <param name="rungs">The models, from the cheapest to the dearest.</param>
    /// <param name="classOf">Names the class of a row.</param>
    /// <param name="isVerified">Whether steps are verified before the next one.</param>
    /// <exception cref="ConfigurationException">A cost is missing, or there are too many models.</exception>
    public static BoundaryModel Train(OutcomeTable table, IReadOnlyList<BoundaryRung> rungs, Func<OutcomeRow, string> classOf, bool isVerified)
    {
        if (rungs.Count is < 2 or > BoundaryModel.MaxRungs)
            throw new ConfigurationException($"A boundary policy chooses between 2 to {BoundaryModel.MaxRungs} models, not {rungs.Count}.");
        string[] models = [.. rungs.Select(rung => rung.Name)];
        IReadOnlyList<OutcomeRow> rows = table.With(models).Rows;
        double[] overall = Outcomes(rows, models, null);
        var classes = new List<BoundaryClass>();
        var others = new List<OutcomeRow>();
        foreach (IGrouping<string, OutcomeRow> of in rows.GroupBy(classOf).OrderByDescending(of => of.Count()).ThenBy(of => of.Key, StringComparer.Ordinal))
        {
            if (of.Count() >= LeastRows && of.Key != Other && classes.Count < BoundaryModel.MaxClasses - 1)
                classes.Add(Learn(of.Key, [.. of], rows, models, overall));
            else
                others.AddRange(of);
        }

        if (others.Count > 0 || classes.Count == 0)
            classes.Add(Learn(Other, others.Count > 0 ? others : rows, rows, models, overall));
        return new BoundaryModel { Rungs = rungs, Classes = classes, Hazard = Hazard(LengthsOf(rows)), IsVerified = isVerified };
    }

    /// <summary>Computes the probability that a task ends after each step, given that it lasted until then.</summary>
    /// <param name="lengths">The steps of each task, from 1.</param>
    public static double[] Hazard(int[] lengths)
    {
        int longest = lengths.Max();
        double mean = lengths.Length / (double)lengths.Sum();
        var hazard = new double[longest];
        for (int step = 1; step <= longest; step++)
        {
            int lasted = lengths.Count(length => length >= step), ended = lengths.Count(length => length == step);
            hazard[step - 1] = (ended + mean) / (lasted + 1);
        }

        hazard[^1] = 1;
        return hazard;
    }

    private static int[] LengthsOf(IReadOnlyList<OutcomeRow> rows) =>
        [.. rows.GroupBy(row => row.Task).Select(task => Math.Min(BoundaryModel.MaxSteps, task.Max(row => row.Step)))];

    private static BoundaryClass Learn(string name, IReadOnlyList<OutcomeRow> rows, IReadOnlyList<OutcomeRow> all, string[] models, double[] overall)
    {
        IReadOnlyList<OutcomeRow> priced = rows.Count >= LeastRows ? rows : all;
        int points = models.Length switch { 2 => 5, 3 => 3, _ => 1 };
        return new BoundaryClass
        {
            Name = name,
            Share = (double)rows.Count / all.Count,
            Rows = rows.Count,
            Outcomes = Outcomes(rows, models, overall),
            Costs = [.. models.Select(model => Costs(priced, model, points))],
            Calls = [.. models.Select(model => priced.Average(row => row.Models[model].Calls ?? 1))],
        };
    }

    private static double[] Outcomes(IReadOnlyList<OutcomeRow> rows, string[] models, double[]? prior)
    {
        var outcomes = new double[1 << models.Length];
        foreach (OutcomeRow row in rows)
        {
            int right = 0;
            for (int rung = 0; rung < models.Length; rung++)
                right |= (row.Models[models[rung]].Score >= Evaluation.Ceiling.Solved ? 1 : 0) << rung;
            outcomes[right]++;
        }

        // over all rows, one more is spread evenly: what was never seen is not impossible
        double pseudo = prior is null ? 1 : PseudoRows;
        for (int i = 0; i < outcomes.Length; i++)
            outcomes[i] = (outcomes[i] + pseudo * (prior?[i] ?? 1.0 / outcomes.Length)) / (rows.Count + pseudo);
        return outcomes;
    }

    private static double[] Costs(IReadOnlyList<OutcomeRow> rows, string model, int points)
    {
        double[] costs = [.. rows.Select(row => CostOf(row, model))];
        Array.Sort(costs);
        if (costs[0] == costs[^1])
            return [costs[0]];
        double[] amounts = [.. Enumerable.Range(0, points).Select(i => Quantile.OfSorted(costs, (i + 0.5) / points))];
        double mean = costs.Average(), sum = amounts.Average();
        // the amounts keep the mean: what is rare and dear is paid too
        return sum > 0 ? [.. amounts.Select(amount => amount * mean / sum)] : [mean];
    }

    private static double CostOf(OutcomeRow row, string model) => row.Models[model].Cost is { } cost
        ? (double)cost.ToUsd()
        : throw new ConfigurationException($"{row.Location ?? row.Id}: '{model}' has no 'costUsd'. A budget can only be planned where costs are known; --cost {model}=USD names the cost of a row.");
}
