using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Policies.Boundary.Training;

/// <summary>Measures a boundary policy on tasks it was not trained on, beside its baselines, under hard caps.</summary>
internal sealed class BoundaryValidation
{
    /// <summary>The caps, as shares of what a task costs with the dearest model on average.</summary>
    public static readonly IReadOnlyList<double> CapShares = [0.25, 0.5, 0.75, 1, 1.5];

    private readonly IReadOnlyList<BoundaryRung> _rungs;
    private readonly string[] _models;
    private readonly RecordedTask[] _tasks;
    private readonly Func<IReadOnlyList<OutcomeRow>, CancellationToken, BoundaryClassing> _classing;
    private readonly bool _isVerified;
    private readonly int _seed;

    /// <summary>Prepares the measurement.</summary>
    /// <param name="table">The outcomes.</param>
    /// <param name="rungs">The ladder.</param>
    /// <param name="classing">Learns the classes from rows.</param>
    /// <param name="isVerified">Whether steps are verified.</param>
    /// <param name="seed">The seed of the folds and of the intervals.</param>
    public BoundaryValidation(
        OutcomeTable table, IReadOnlyList<BoundaryRung> rungs, Func<IReadOnlyList<OutcomeRow>, CancellationToken, BoundaryClassing> classing, bool isVerified, int seed)
    {
        (_rungs, _classing, _isVerified, _seed) = (rungs, classing, isVerified, seed);
        _models = [.. rungs.Select(rung => rung.Name)];
        _tasks = RecordedTask.Of(table, _models);
        MeanLarge = _tasks.Average(task => task.Steps.Sum(row => (double)(row.Models[_models[^1]].Cost ?? Money.Zero).ToUsd()));
    }

    /// <summary>Gets the tasks that are played.</summary>
    public int Tasks => _tasks.Length;

    /// <summary>Gets what a task costs with the dearest model on average, in USD.</summary>
    public double MeanLarge { get; }

    /// <summary>Measures the policies, the boundary policy first.</summary>
    /// <param name="folds">The parts the tasks are split into; each is played by a policy that was trained on the others.</param>
    /// <param name="cancellationToken">Cancels the measurement.</param>
    public IReadOnlyList<BoundaryFigures> Measure(int folds, CancellationToken cancellationToken)
    {
        int[] fold = Folds(folds);
        var played = new List<BoundaryPlayed>();
        var boundary = new Dictionary<int, BoundaryReplay.Choose>();
        for (int i = 0; i < folds; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int held = i;
            OutcomeRow[] rows = [.. _tasks.Where((_, at) => fold[at] != held).SelectMany(task => task.Steps)];
            BoundaryClassing classes = _classing(rows, cancellationToken);
            boundary[i] = Planned(BoundaryTrainer.Train(new OutcomeTable(rows), _rungs, classes.Known, _isVerified), classes.New);
        }

        var random = new Random(_seed);
        int top = _models.Length - 1;
        double largeStep = MeanLarge * _tasks.Length / _tasks.Sum(task => task.Steps.Count);
        (string Name, Func<int, BoundaryReplay.Choose> Of)[] policies =
        [
            (BoundaryDefaults.Name, task => boundary[fold[task]]),
            (_isVerified ? "cheap-first" : "always-small", _ => (_, _, _, failed) => Untried(failed, fromTop: false)),
            ("always-large", _ => (_, _, _, failed) => Untried(failed, fromTop: true)),
            ("first-large", _ => (_, left, _, failed) => failed == 0 && left >= largeStep ? top : Untried(failed, fromTop: false)),
            ("random", _ => (_, _, _, failed) => Any(random, failed)),
        ];
        foreach ((string name, Func<int, BoundaryReplay.Choose> of) in policies)
            played.Add(Play(name, of));
        return BoundaryFigures.Of(played, _seed);
    }

    /// <summary>Makes a policy of a trained model.</summary>
    public static BoundaryReplay.Choose Planned(BoundaryModel model, Func<OutcomeRow, string> classOf)
    {
        var table = new BoundaryTable(model);
        int other = Math.Max(0, model.IndexOf(BoundaryTrainer.Other));
        return (step, left, row, failed) =>
        {
            int at = model.IndexOf(classOf(row));
            return table.Best(step, Math.Min(left, table.MaxBudget), at < 0 ? other : at, failed).Rung;
        };
    }

    private BoundaryPlayed Play(string name, Func<int, BoundaryReplay.Choose> of)
    {
        var caps = new List<BoundaryCapFigures>();
        var means = new double[_tasks.Length];
        var costs = new double[_tasks.Length];
        foreach (double share in CapShares)
        {
            Money cap = Money.FromUsd(decimal.Round((decimal)(share * MeanLarge), 12));
            var right = new double[_tasks.Length];
            Money spent = Money.Zero;
            for (int task = 0; task < _tasks.Length; task++)
            {
                (bool succeeded, Money cost) = BoundaryReplay.Play(_tasks[task], _models, cap, _isVerified, of(task));
                right[task] = succeeded ? 1 : 0;
                means[task] += right[task] / CapShares.Count;
                costs[task] += (double)cost.ToUsd() / CapShares.Count;
                spent += cost;
            }

            caps.Add(new BoundaryCapFigures(cap, right.Average(), Bootstrap.OfMean(right, _seed), (double)spent.ToUsd() / _tasks.Length));
        }

        return new BoundaryPlayed(name, means, costs, caps);
    }

    // tasks are dealt out in a shuffled order, so that each fold has some of every kind
    private int[] Folds(int folds)
    {
        int[] order = [.. Enumerable.Range(0, _tasks.Length)];
        new Random(_seed).Shuffle(order);
        var fold = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            fold[order[i]] = i % folds;
        return fold;
    }

    private int Untried(int failed, bool fromTop)
    {
        for (int i = 0; i < _models.Length; i++)
        {
            int rung = fromTop ? _models.Length - 1 - i : i;
            if ((failed >> rung & 1) == 0)
                return rung;
        }

        return -1;
    }

    private int Any(Random random, int failed)
    {
        int[] open = [.. Enumerable.Range(0, _models.Length).Where(rung => (failed >> rung & 1) == 0)];
        return open.Length == 0 ? -1 : open[random.Next(open.Length)];
    }
}
