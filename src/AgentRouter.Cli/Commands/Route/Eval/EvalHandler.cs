using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Routing.Evaluation;
using AgentRouter.Routing.Evaluation.Pairs;
using AgentRouter.Routing.Evaluation.Pools;
using AgentRouter.Routing.Learning;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Suggestions;

namespace AgentRouter.Cli.Commands.Route.Eval;

/// <summary>Reads the tables, predicts, and computes each section.</summary>
internal sealed class EvalHandler(CliContext context, EvalOptions options, ParseResult result)
{
    private const int MaxFolds = 100;
    private readonly string[] _policies = result.GetValue(options.Policy) ?? [];

    /// <summary>Computes the figures.</summary>
    public async Task<EvalReport> RunAsync(CancellationToken cancellationToken)
    {
        Check();
        OutcomeTable table = await LoadAsync(options.Data, cancellationToken);
        OutcomeTable? train = result.GetValue(options.Train) is { Length: > 0 } ? await LoadAsync(options.Train, cancellationToken) : null;
        IReadOnlyList<string> models = Models(table);
        LeftOutRows.Tell(context.Terminal.Error, table, models);
        bool isPair = models.Count == 2;
        PolicyPredictions[] policies = [.. _policies.Where(EvalOptions.IsFile).Select(file => PolicyPredictions.Of(context.Resolve(file), table.With(models), models))];
        table = Ready(table, models, isPair);
        train = train is null ? null : Ready(train, models, isPair);
        int seed = result.GetValue(options.Seed);
        using var progress = new EvalProgress(context.Terminal.Error);
        IReadOnlyList<TrainedPredictions> predictions = await Task.Run(() => train is null
            ? TrainedPredictions.CrossValidate(table, models, Evaluation(), progress, cancellationToken)
            : [TrainedPredictions.Of(train, table, models, seed, cancellationToken)], cancellationToken);
        return new EvalReport
        {
            Method = Method(train),
            KnowsGroups = KnowsGroups(train ?? table, train is null),
            Pair = isPair ? PairEvaluation.Of(table, models[0], models[1], predictions, policies, result.GetValue(options.Quality), seed) : null,
            Pool = isPair ? null : PoolEvaluation.Of(table, models, predictions, policies, seed),
        };
    }

    private void Check()
    {
        if (result.GetValue(options.Folds) is < 2 or > MaxFolds)
            throw new UsageException($"--folds is a number from 2 to {MaxFolds}.");
        if (result.GetValue(options.Repeats) is < 1 or > MaxFolds)
            throw new UsageException($"--repeats is a number from 1 to {MaxFolds}.");
        if (result.GetValue(options.Quality) is not (> 0 and <= 1))
            throw new UsageException("--quality is a share above 0, at most 1.");
        foreach (string policy in _policies)
        {
            if (!EvalOptions.Policies.Contains(policy) && !EvalOptions.IsFile(policy))
                throw new UsageException($"There is no router '{policy}' here. {Suggestion.Sentence(policy, EvalOptions.Policies)} The name of a policy file ends with .json.");
        }
    }

    private Task<OutcomeTable> LoadAsync(Option<string[]> files, CancellationToken cancellationToken) =>
        OutcomeTable.LoadAsync((result.GetValue(files) ?? []).Select(context.Resolve), cancellationToken);

    private IReadOnlyList<string> Models(OutcomeTable table)
    {
        string? weak = result.GetValue(options.Weak), strong = result.GetValue(options.Strong);
        if (result.GetValue(options.Models) is { } list)
        {
            if (weak is not null || strong is not null)
                throw new UsageException("--models names many models, --weak and --strong a pair. Give one or the other.");
            string[] named = [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
            return named.Length >= 2 ? named : throw new UsageException("--models takes two models or more, with commas between them.");
        }

        if (weak is null != strong is null)
            throw new UsageException("A pair has two models: give both --weak and --strong.");
        if (weak == strong && weak is not null)
            throw new UsageException($"--weak and --strong are the same model, '{weak}'.");
        if (weak is not null)
            return [weak, strong!];
        return table.Models.Count switch
        {
            1 => throw new UsageException($"The table has one model, {table.Models[0]}: there is nothing to choose from."),
            2 => Pair(table),
            _ => table.Models,
        };
    }

    private static string[] Pair(OutcomeTable table)
    {
        (string weak, string strong) = ModelPair.Of(table, null, null);
        return [weak, strong];
    }

    // a pair is measured in solved rows, as in the published tables; many models in their own scores
    private static OutcomeTable Ready(OutcomeTable table, IReadOnlyList<string> models, bool isPair)
    {
        OutcomeTable whole = table.With(models);
        return isPair ? whole.Solved(Routing.Evaluation.Ceiling.Solved) : whole;
    }

    private EvaluationOptions Evaluation() => new()
    {
        Folds = result.GetValue(options.Folds),
        Repeats = result.GetValue(options.Repeats),
        UnseenGroups = result.GetValue(options.UnseenGroups),
        Seed = result.GetValue(options.Seed),
    };

    // in smaller groups words do not carry over, and the trees decide alone
    private bool KnowsGroups(OutcomeTable trained, bool isInFolds)
    {
        double share = isInFolds ? 1 - 1.0 / result.GetValue(options.Folds) : 1;
        return trained.Rows.GroupBy(row => row.Group).Any(group => group.Count() * share >= new SuccessPredictorOptions().LeastGroupRows);
    }

    private string Method(OutcomeTable? train)
    {
        if (train is not null)
            return $"trained on {train.Rows.Count} other rows";
        string repeats = result.GetValue(options.Repeats) is var count and > 1 ? $", {count} times" : "";
        return $"{result.GetValue(options.Folds)}-fold cross-validation{(result.GetValue(options.UnseenGroups) ? " over whole groups" : "")}{repeats}";
    }
}
