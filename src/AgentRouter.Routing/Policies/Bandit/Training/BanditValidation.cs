using AgentRouter.Routing.Evaluation;
using AgentRouter.Routing.Evaluation.Streaming;
using AgentRouter.Routing.Evaluation.Streaming.Policies;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Policies.Bandit.Training;

/// <summary>Measures a warmed bandit by cross-validation over whole tasks: it is warmed up with the other folds and then meets the rows of
/// its own one after the other, in several random orders, and sees only what comes of the models that it chooses.</summary>
/// <param name="rows">All rows; those that lack a model are only learned from.</param>
/// <param name="measured">The rows that have all models.</param>
/// <param name="models">The models.</param>
/// <param name="request">Folds, seed, and what a success is worth.</param>
internal sealed class BanditValidation(IReadOnlyList<OutcomeRow> rows, IReadOnlyList<OutcomeRow> measured, IReadOnlyList<string> models, BanditTrainingRequest request)
{
    /// <summary>What the best model of each group is called: the baseline that may be a little better.</summary>
    public const string PerGroup = "best model of each group";

    private const string Ours = "bandit, warmed up";
    private const string Frozen = "the same, not learning on";

    // what learns on depends a little on the order; more orders change the means by less than a tenth of their intervals
    private const int Orders = 8;
    private const double TableShrink = 5;

    private readonly double _value = (double)request.SuccessValueUsd;
    private readonly Dictionary<string, double[]> _earned = [], _scores = [], _usd = [];

    /// <summary>Measures.</summary>
    /// <param name="cancellationToken">Cancels the measuring.</param>
    /// <exception cref="Configuration.ConfigurationException">There are too few tasks.</exception>
    public IReadOnlyList<BanditFigures> Measure(CancellationToken cancellationToken)
    {
        int[] folds = Folds.OfTasks(measured, request.Folds, request.Seed);
        StreamTask[] tasks = [.. measured.Select(Task)];
        for (int fold = 0; fold < request.Folds; fold++)
        {
            int[] held = [.. Enumerable.Range(0, tasks.Length).Where(row => folds[row] == fold)];
            var tested = held.Select(row => measured[row].Task).ToHashSet();
            OutcomeRow[] train = [.. rows.Where(row => !tested.Contains(row.Task))];
            StreamTask[] trainTasks = [.. Enumerable.Range(0, tasks.Length).Where(row => folds[row] != fold).Select(row => tasks[row])];
            for (int order = 0; order < Orders; order++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                new Random(unchecked(request.Seed * 31 + fold * Orders + order)).Shuffle(held);
                Pass(Ours, held, tasks, Warmed(train), 1.0 / Orders);
                Pass(Frozen, held, tasks, new Unlearning(Warmed(train)), 1.0 / Orders);
                Pass("bandit, started cold", held, tasks, LinearModel.Bandit(models, _value), 1.0 / Orders);
            }

            Pass(PerGroup, held, tasks, new FrozenTable(trainTasks, models.Count, _value, TableShrink));
            Pass("best single model", held, tasks, new AlwaysModel(BestSingle(trainTasks)));
            for (int model = 0; model < models.Count; model++)
                Pass("random", held, tasks, new AlwaysModel(model), 1.0 / models.Count);
        }

        return [.. _earned.Keys.Select(Figures)];
    }

    private LinearModel Warmed(OutcomeRow[] train)
    {
        LinearModel bandit = LinearModel.Bandit(models, _value);
        foreach (VerifiedStep step in BanditWarmUp.Of(train))
            bandit.Remember(step);
        return bandit;
    }

    private int BestSingle(StreamTask[] train) => Enumerable.Range(0, models.Count).MaxBy(model => train.Sum(task => task.Reward(model, _value)));

    private void Pass(string name, int[] held, StreamTask[] tasks, IStreamPolicy policy, double weight = 1)
    {
        foreach (int row in held)
        {
            int model = policy.Choose(tasks[row]);
            Of(_earned, name)[row] += weight * tasks[row].Reward(model, _value);
            Of(_scores, name)[row] += weight * tasks[row].Scores[model];
            Of(_usd, name)[row] += weight * tasks[row].Usd[model];
            policy.Learn(tasks[row], model);
        }
    }

    private double[] Of(Dictionary<string, double[]> cells, string name) =>
        cells.TryGetValue(name, out double[]? known) ? known : cells[name] = new double[measured.Count];

    private BanditFigures Figures(string name)
    {
        double[] behind = [.. _earned[Ours].Zip(_earned[name], (ours, theirs) => ours - theirs)];
        (double Sum, int Rows)[] byTask = [.. behind.Zip(measured).GroupBy(row => row.Second.Task).Select(task => (task.Sum(row => row.First), task.Count()))];
        Interval interval = Bootstrap.Of(byTask.Length, request.Seed, draw => draw.Sum(task => byTask[task].Sum) / draw.Sum(task => byTask[task].Rows));
        return new BanditFigures(name, _scores[name].Average(), _usd[name].Average(), _earned[name].Average(), behind.Average(), interval) { IsBaseline = name is not (Ours or Frozen) };
    }

    private StreamTask Task(OutcomeRow row) => new(
        row.Group, row.Role ?? "", [.. models.Select(model => row.Models[model].Score)], [.. models.Select(model => (double)(row.Models[model].Cost?.ToUsd() ?? 0))]);

    private sealed class Unlearning(LinearModel policy) : IStreamPolicy
    {
        public int Choose(StreamTask task) => policy.Choose(task);
    }
}
