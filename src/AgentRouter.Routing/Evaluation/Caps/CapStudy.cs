using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>Measures policies under hard caps on recorded outcomes, beside baselines.</summary>
internal sealed class CapStudy
{
    /// <summary>What the outcome-table policy believes a success to be worth, in USD: frugal, default, quality.</summary>
    private static readonly double[] SuccessValues = [3, 10, 50];

    private static readonly CapVerifier[] OtherVerifiers =
        [new(0, 0), new(0.05, 0.05), new(0.1, 0.1), new(0.2, 0.1), new(0.3, 0.2), new(0.5, 0.5)];

    private readonly CapTable _table;
    private readonly CapSettings _settings;
    private readonly IReadOnlyList<CapFold> _folds;
    private readonly int[] _candidates;
    private readonly int[] _ladder;
    private readonly int[] _tableModels;
    private readonly int _weak, _strong;
    private readonly CancellationToken _cancellationToken;

    private CapStudy(OutcomeTable data, OutcomeTable? train, CapSettings settings, CancellationToken cancellationToken)
    {
        _settings = settings;
        _cancellationToken = cancellationToken;
        IReadOnlyList<string> models = settings.Ladder.Count > 0
            ? [.. settings.Ladder.Append(settings.Weak).Append(settings.Strong).OfType<string>().Concat(settings.TableModels).Distinct()]
            : data.Models;
        _table = CapTable.Of(data, models);
        CapTable training = train is null ? _table : CapTable.Of(train, models);
        _folds = train is null ? CapFold.Of(_table, data.With(models).Rows, settings.Folds, settings.Seed) : [new CapFold(training, [.. Enumerable.Range(0, _table.Rows)])];
        _candidates = [.. Enumerable.Range(0, models.Count)];
        _ladder = [.. LadderOf(training)];
        _weak = settings.Weak is { } weak ? _table.IndexOf(weak) : _ladder[0];
        _strong = settings.Strong is { } strong ? _table.IndexOf(strong) : _ladder[^1];
        _tableModels = [.. settings.TableModels.Select(_table.IndexOf)];
    }

    /// <summary>Measures.</summary>
    /// <param name="data">What is measured on.</param>
    /// <param name="train">What is trained on; <see langword="null"/> to train on folds of the data.</param>
    /// <param name="settings">What is measured.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ConfigurationException">A model or a cost is missing, there are too few tasks for the folds, or a task is in both tables.</exception>
    public static CapReport Run(OutcomeTable data, OutcomeTable? train, CapSettings settings, CancellationToken cancellationToken = default)
    {
        if (train is not null)
        {
            var seen = data.Rows.Select(row => row.Id).ToHashSet();
            if (train.Rows.FirstOrDefault(row => seen.Contains(row.Id)) is { } shared)
                throw new ConfigurationException($"{shared.Location ?? $"row '{shared.Id}'"}: the task '{shared.Id}' is in the training table and in the data. Train on other tasks, or leave --train out.");
        }

        return new CapStudy(data, train, settings, cancellationToken).Measure();
    }

    private CapReport Measure()
    {
        CapOutcome[] strong = Replay(_ => new LadderCapPolicy([_strong]), CapReplay.NoCap, _settings.Verifier);
        return new CapReport
        {
            Rows = _table.Rows,
            Ladder = Names(_ladder),
            Chosen = _settings.Ladder.Count > 0
                ? []
                : [.. _folds.GroupBy(fold => string.Join(" > ", Names(LadderOf(fold.Train)))).Select(same => new ChosenLadder(same.Key, same.Count())).OrderByDescending(chosen => chosen.Parts)],
            Weak = _table.Models[_weak],
            Strong = _table.Models[_strong],
            StrongUsd = strong.Average(outcome => outcome.Usd),
            Caps = [.. _settings.Caps.Select(cap => Section(cap, strong))],
            Verifiers = [.. OtherVerifiers.Select(verifier => Figures(verifier, strong))],
            Rungs = [.. Rungs()],
        };
    }

    private CapSection Section(Money? limit, CapOutcome[] strong)
    {
        Money cap = limit ?? CapReplay.NoCap;
        CapOutcome[] weakFirst = Replay(_ => new LadderCapPolicy([_weak, _strong]), cap, _settings.Verifier);
        CapOutcome[] ladder = Replay(Reserving, cap, _settings.Verifier);
        var entries = new List<(string Name, CapOutcome[] Outcomes)>();
        foreach (int model in _ladder.Prepend(_weak).Append(_strong).Distinct())
            entries.Add((_table.Models[model], Replay(_ => new LadderCapPolicy([model]), cap, _settings.Verifier)));
        entries.Add(("random mix, ladder's cost", Mix(Outcomes(_weak), Outcomes(_strong), ladder.Average(outcome => outcome.Usd))));
        entries.Add(("strong first, then weak", Replay(_ => new LadderCapPolicy([_strong, _weak]), cap, _settings.Verifier)));
        entries.Add(("weak first, then strong", weakFirst));
        if (!_ladder.SequenceEqual([_weak, _strong]))
            entries.Add(("ladder", Replay(train => new LadderCapPolicy(LadderOf(train)), cap, _settings.Verifier)));
        entries.Add(("ladder, median reserve", ladder));
        foreach (double value in SuccessValues)
            entries.Add((FormattableString.Invariant($"outcome table, ${value} a success"), Replay(train => Particles(train, value), cap, _settings.Verifier)));
        entries.Add(("oracle", Replay(train => new OracleCapPolicy(LadderOf(train)), cap, _settings.Verifier)));
        return new CapSection(limit?.ToUsd(), [.. entries.Select(entry => Figures(entry.Name, entry.Outcomes, cap, strong, weakFirst))]);

        CapOutcome[] Outcomes(int model) => entries.First(entry => entry.Name == _table.Models[model]).Outcomes;
    }

    private LadderCapPolicy Reserving(CapTable train)
    {
        IReadOnlyList<int> rungs = LadderOf(train);
        return new LadderCapPolicy(rungs, [.. rungs.Select(train.MedianCost)]);
    }

    private ParticleCapPolicy Particles(CapTable train, double successValue) =>
        new(train, _tableModels.Length > 0 ? _tableModels : LadderOf(train), _settings.Verifier, successValue, _settings.CheckCost);

    private IReadOnlyList<int> LadderOf(CapTable train) =>
        _settings.Ladder.Count > 0 ? [.. _settings.Ladder.Select(train.IndexOf)] : AutoLadder.Of(train, _candidates);

    private CapOutcome[] Replay(Func<CapTable, ICapPolicy> make, Money cap, CapVerifier verifier)
    {
        var outcomes = new CapOutcome[_table.Rows];
        foreach (CapFold fold in _folds)
        {
            ICapPolicy policy = make(fold.Train);
            Parallel.ForEach(fold.Test, new ParallelOptions { CancellationToken = _cancellationToken }, row =>
                outcomes[row] = CapReplay.Run(policy, _table, row, cap, verifier, _settings.CheckCost));
        }

        return outcomes;
    }

    // the weak model with one probability, else the strong one, so that the mean cost is as near to a given one as a mix comes
    private static CapOutcome[] Mix(CapOutcome[] weak, CapOutcome[] strong, double usd)
    {
        double low = weak.Average(outcome => outcome.Usd), high = strong.Average(outcome => outcome.Usd);
        double share = high > low ? Math.Clamp((usd - low) / (high - low), 0, 1) : 0;
        return
        [
            .. weak.Zip(strong, (one, other) => new CapOutcome(
                one.Success + share * (other.Success - one.Success),
                one.Usd + share * (other.Usd - one.Usd),
                Money.Max(one.Most, other.Most))),
        ];
    }

    private CapFigures Figures(string name, CapOutcome[] outcomes, Money cap, CapOutcome[] strong, CapOutcome[] weakFirst)
    {
        double[] success = [.. outcomes.Select(outcome => outcome.Success)];
        double usd = outcomes.Average(outcome => outcome.Usd);
        return new CapFigures(
            name, success.Average(), Bootstrap.OfMean(success, _settings.Seed), usd, usd / strong.Average(outcome => outcome.Usd),
            outcomes.Count(outcome => outcome.Most > cap), Difference(outcomes, strong), Difference(outcomes, weakFirst));
    }

    private VerifierFigures Figures(CapVerifier verifier, CapOutcome[] strong)
    {
        verifier = verifier with { IsCorrelated = _settings.Verifier.IsCorrelated };
        CapOutcome[] outcomes = Replay(train => new LadderCapPolicy(LadderOf(train)), CapReplay.NoCap, verifier);
        double[] success = [.. outcomes.Select(outcome => outcome.Success)];
        double usd = outcomes.Average(outcome => outcome.Usd);
        return new VerifierFigures(
            verifier.FalseAccept, verifier.FalseReject, success.Average(), Bootstrap.OfMean(success, _settings.Seed), usd,
            usd / strong.Average(outcome => outcome.Usd));
    }

    private IEnumerable<RungFigures> Rungs()
    {
        CapOutcome[]? before = null;
        for (int rungs = 1; rungs <= _ladder.Length; rungs++)
        {
            CapOutcome[] outcomes = Replay(_ => new LadderCapPolicy(_ladder[..rungs]), CapReplay.NoCap, _settings.Verifier);
            CapOutcome[] earlier = before ?? new CapOutcome[outcomes.Length];
            double price = Price([.. Enumerable.Range(0, outcomes.Length)]);
            yield return new RungFigures(
                _table.Models[_ladder[rungs - 1]], outcomes.Average(outcome => outcome.Success), outcomes.Average(outcome => outcome.Usd),
                double.IsFinite(price) ? price : null, Bootstrap.Of(outcomes.Length, _settings.Seed, Price));
            before = outcomes;

            double Price(int[] rows)
            {
                double success = rows.Sum(row => outcomes[row].Success - earlier[row].Success);
                double usd = rows.Sum(row => outcomes[row].Usd - earlier[row].Usd);
                return success > 0 ? usd / success : double.PositiveInfinity;
            }
        }
    }

    private PairedDifference Difference(CapOutcome[] outcomes, CapOutcome[] others)
    {
        double[] differences = [.. outcomes.Zip(others, (one, other) => one.Success - other.Success)];
        return new PairedDifference(differences.Average(), Bootstrap.OfMean(differences, _settings.Seed));
    }

    private string[] Names(IReadOnlyList<int> models) => [.. models.Select(model => _table.Models[model])];
}
