using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Policies.Cascade.Training;

/// <summary>Learns from an outcome table what a cascade knows of its rungs when it starts, and measures by cross-validation over whole tasks
/// how well that predicts checks.</summary>
internal static class CascadeTraining
{
    /// <summary>The fewest rows a prior is learned from.</summary>
    public const int LeastRows = 100;

    /// <summary>Learns.</summary>
    /// <param name="table">The outcomes; a row need not have all models.</param>
    /// <param name="ladder">The models, the first rung first; empty for all of the table, by their mean cost.</param>
    /// <param name="costs">What a row costs with a model where the table does not say.</param>
    /// <param name="folds">The parts of the cross-validation, from 2.</param>
    /// <param name="seed">The seed of the folds.</param>
    /// <exception cref="ConfigurationException">The table does not have what is needed.</exception>
    public static CascadeTrained Train(OutcomeTable table, IReadOnlyList<string> ladder, IReadOnlyDictionary<string, Money> costs, int folds, int seed)
    {
        OutcomeTable priced = table.WithCosts(costs);
        string[] rungs = ladder.Count > 0 ? [.. ladder] : ByCost(priced);
        if (rungs.Distinct().Count() < Math.Max(2, rungs.Length))
            throw new ConfigurationException("A ladder has two or more different models; --ladder M,M,… names them, the first rung first.");
        IReadOnlyList<OutcomeRow> rows = priced.Only(rungs).Rows;
        var records = new RungRecords(rungs, rows, statePath: null);
        double[] gains = Gains(rows, rungs, Folds.OfTasks(rows, folds, seed), folds);
        (double Sum, int Rows)[] byTask = [.. gains.Zip(rows).GroupBy(row => row.Second.Task).Select(task => (task.Sum(row => row.First), task.Count()))];
        Interval interval = Bootstrap.Of(byTask.Length, seed, draw => draw.Sum(task => byTask[task].Sum) / draw.Sum(task => byTask[task].Rows));
        return new CascadeTrained([.. records.Known], rows.Count, [.. rungs.Select(rung => Figures(rung, rungs, rows, records))], gains.Average(), interval);
    }

    private static string[] ByCost(OutcomeTable table) =>
        table.Rows.All(row => row.Models.Values.All(outcome => outcome.Cost is not null))
            ? [.. table.Models.OrderBy(model => table.Rows.Where(row => row.Models.ContainsKey(model)).Average(row => (double)row.Models[model].Cost!.Value.ToUsd()))]
            : throw new ConfigurationException("The table does not say what each row costs, so the models have no order: --ladder M,M,… names them, the first rung first.");

    // for each row the mean, over the rungs that a cascade starts on it, of the squared error without the prior less that with it
    private static double[] Gains(IReadOnlyList<OutcomeRow> rows, string[] rungs, int[] fold, int folds)
    {
        var gains = new double[rows.Count];
        for (int held = 0; held < folds; held++)
        {
            var prior = new RungRecords(rungs, rows.Where((_, row) => fold[row] != held), statePath: null);
            for (int row = 0; row < rows.Count; row++)
            {
                if (fold[row] == held)
                    gains[row] = Started(rows[row], rungs).Average(rung => Square(CascadeDefaults.PriorSuccess - Right(rows[row], rung)) - Square(prior.Success(new RungKey(rung, false)) - Right(rows[row], rung)));
            }
        }

        return gains;
    }

    private static RungFigures Figures(string rung, string[] rungs, IReadOnlyList<OutcomeRow> rows, RungRecords records)
    {
        OutcomeRow[] started = [.. rows.Where(row => Started(row, rungs).Contains(rung))], whole = [.. rows.Where(row => row.Models.ContainsKey(rung))];
        (int right, int wholeRight) = ((int)started.Sum(row => Right(row, rung)), (int)whole.Sum(row => Right(row, rung)));
        Money? cost = records.Known.FirstOrDefault(record => record.Key.Name == rung)?.MedianCost;
        return new RungFigures(
            rung, started.Length, right / (double)Math.Max(1, started.Length), ClopperPearson.Of(right, started.Length), (double?)cost?.ToUsd(),
            wholeRight / (double)Math.Max(1, whole.Length), ClopperPearson.Of(wholeRight, whole.Length));
    }

    // what a cascade with a check that is always right starts: up to the first rung that is right
    private static List<string> Started(OutcomeRow row, string[] rungs)
    {
        var started = new List<string>();
        foreach (string rung in rungs.Where(row.Models.ContainsKey))
        {
            started.Add(rung);
            if (Right(row, rung) > 0)
                break;
        }

        return started;
    }

    private static double Right(OutcomeRow row, string rung) => row.Models[rung].Score >= Ceiling.Solved ? 1 : 0;

    private static double Square(double value) => value * value;
}
