using AgentRouter.Configuration;
using AgentRouter.Routing.Evaluation.Streaming.Policies;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Bandit;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Streaming;

/// <summary>Passes a table as a stream, once in each of several random orders: for each task a policy chooses one model and sees only
/// that model's outcome. Regret is what the best choice for each task would have earned more. Agent-as-a-Router, arXiv 2606.22902.</summary>
internal sealed class StreamEvaluation
{
    private const double TableShrink = 5;

    private readonly StreamOptions _options;
    private readonly IReadOnlyList<string> _models;
    private readonly StreamTask[] _tasks;
    private readonly StreamTask[]? _warmTasks;
    private readonly int _warm, _sources;
    private readonly bool _costsKnown;

    private StreamEvaluation(OutcomeTable table, OutcomeTable? warmFrom, StreamOptions options)
    {
        OutcomeTable whole = table.With(options.Models);
        if (options.Models.Distinct().Count() < 2)
            throw new ConfigurationException($"There is one model only, {options.Models[0]}: there is nothing to choose from.");
        _options = options;
        _models = options.Models;
        // the sources of both tables are read as one, so that they mean the same
        OutcomeRow[] rows = [.. whole.Rows, .. warmFrom?.With(_models).Rows ?? []];
        string[] sources = RowSources.Of(rows);
        StreamTask[] tasks = [.. rows.Zip(sources, Task)];
        _tasks = tasks[..whole.Rows.Count];
        _warmTasks = warmFrom is null ? null : tasks[whole.Rows.Count..];
        _sources = sources.Where(source => source.Length > 0).Distinct().Count();
        _costsKnown = rows.All(row => _models.All(model => row.Models[model].Cost is not null));
        _warm = options.Warm == 0 && _warmTasks is not null ? _warmTasks.Length : options.Warm;
        if (_warm > (_warmTasks?.Length ?? _tasks.Length - 1))
            throw new ConfigurationException($"--warm {_warm} asks for more tasks than there are: {_warmTasks?.Length ?? _tasks.Length - 1}.");
    }

    /// <summary>Measures the baselines and the bandit on a stream.</summary>
    /// <param name="table">The tasks; rows that lack a model are left out.</param>
    /// <param name="warmFrom">Where the warm-up tasks come from; <see langword="null"/> takes them out of the stream.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Cancels the measuring.</param>
    /// <exception cref="ConfigurationException">There is one model only, or there are too few rows.</exception>
    public static StreamFigures Run(OutcomeTable table, OutcomeTable? warmFrom, StreamOptions options, CancellationToken cancellationToken) =>
        new StreamEvaluation(table, warmFrom, options).Run(cancellationToken);

    private StreamFigures Run(CancellationToken cancellationToken)
    {
        var passes = new Dictionary<string, List<(double Regret, double Score, double Usd)>>();
        for (int order = 0; order < _options.Orders; order++)
        {
            var random = new Random(unchecked(_options.Seed + order));
            StreamTask[] stream = [.. _tasks];
            random.Shuffle(stream);
            StreamTask[] warm = [.. _warmTasks ?? stream];
            if (_warmTasks is not null)
                random.Shuffle(warm);
            warm = warm[.._warm];
            if (_warmTasks is null)
                stream = stream[_warm..];
            // a seed of its own: draws that repeat those of the order would know it
            foreach ((string name, Func<IStreamPolicy> make) in Policies(stream, warm, random.Next()))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!passes.TryGetValue(name, out List<(double, double, double)>? list))
                    passes[name] = list = [];
                list.Add(Pass(stream, make()));
            }
        }

        return new StreamFigures(
            _tasks.Length - (_warmTasks is null ? _warm : 0), _options.Orders, _warm, _models.Count, _sources, _costsKnown,
            [.. passes.Select(pair => Figures(pair.Key, pair.Value))]);
    }

    private IEnumerable<(string Name, Func<IStreamPolicy> Make)> Policies(StreamTask[] stream, StreamTask[] warm, int seed)
    {
        double value = _options.SuccessValueUsd;
        yield return ("oracle", () => new Oracle(_models.Count, value));
        yield return ("random", () => new RandomModel(_models.Count, new Random(seed)));
        for (int model = 0; model < _models.Count; model++)
        {
            int always = model;
            yield return ("always " + _models[model], () => new AlwaysModel(always));
        }

        yield return ("best of the group, in hindsight", () => new FrozenTable(stream, _models.Count, value, 0));
        yield return ("epsilon-greedy on groups", () => new GreedyTable(_models.Count, value, new Random(seed)));
        yield return ("LinUCB on groups, alpha 1", () => LinearModel.UpperBound(_models, value, 1));
        yield return ("LinTS on groups, v 0.5", () => LinearModel.Thompson(_models, value, 0.5, hasSources: false, new Random(seed)));
        yield return ("LinTS on groups and sources, v 0.2", () => LinearModel.Thompson(_models, value, 0.2, hasSources: true, new Random(seed)));
        yield return (BanditDefaults.Name, Bandit);
        if (_warm == 0)
            yield break;
        yield return ($"{BanditDefaults.Name}, warmed up", () => Warmed(Bandit(), warm));
        yield return ("frozen table of the warm-up", () => new FrozenTable(warm, _models.Count, value, TableShrink));
    }

    private LinearModel Bandit() => LinearModel.Bandit(_models, _options.SuccessValueUsd);

    private LinearModel Warmed(LinearModel policy, StreamTask[] warm)
    {
        foreach (StreamTask task in warm)
        {
            for (int model = 0; model < _models.Count; model++)
                policy.Learn(task, model);
        }

        return policy;
    }

    private (double Regret, double Score, double Usd) Pass(StreamTask[] stream, IStreamPolicy policy)
    {
        double regret = 0, score = 0, usd = 0;
        foreach (StreamTask task in stream)
        {
            int model = policy.Choose(task);
            policy.Learn(task, model);
            regret += Oracle.BestReward(task, _models.Count, _options.SuccessValueUsd) - task.Reward(model, _options.SuccessValueUsd);
            score += task.Scores[model];
            usd += task.Usd[model];
        }

        return (regret, score / stream.Length, usd);
    }

    private StreamPolicyFigures Figures(string name, List<(double Regret, double Score, double Usd)> passes) => new(
        name,
        passes.Average(pass => pass.Regret),
        Bootstrap.OfMean([.. passes.Select(pass => pass.Regret)], _options.Seed),
        passes.Average(pass => pass.Score),
        passes.Average(pass => pass.Usd));

    private StreamTask Task(OutcomeRow row, string source) => new(
        row.Group,
        source,
        [.. _models.Select(model => row.Models[model].Score)],
        [.. _models.Select(model => (double)(row.Models[model].Cost?.ToUsd() ?? 0))]);
}
