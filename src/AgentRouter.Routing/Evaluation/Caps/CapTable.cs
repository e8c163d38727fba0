using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>The outcomes of an outcome table as a replay under caps needs them: per task and model whether it was solved and what it cost.</summary>
internal sealed class CapTable
{
    private readonly (bool Solved, Money Cost)[][] _runs;

    private CapTable(IReadOnlyList<string> models, IReadOnlyList<string> groups, (bool Solved, Money Cost)[][] runs) =>
        (Models, Groups, _runs) = (models, groups, runs);

    /// <summary>Gets the models.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>Gets the group of each task.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>Gets the number of tasks.</summary>
    public int Rows => _runs.Length;

    /// <summary>Takes what is needed from an outcome table.</summary>
    /// <param name="table">The table. Rows that lack one of the models are left out.</param>
    /// <param name="models">The models.</param>
    /// <exception cref="ConfigurationException">A model is not in the table, no row has all of them, or an outcome has no cost.</exception>
    public static CapTable Of(OutcomeTable table, IReadOnlyList<string> models)
    {
        IReadOnlyList<OutcomeRow> rows = table.With(models).Rows;
        return new CapTable(models, [.. rows.Select(row => row.Group)], [.. rows.Select(row => models.Select(model => Run(row, model)).ToArray())]);
    }

    /// <summary>Gets whether a model solved a task.</summary>
    public bool Solved(int row, int model) => _runs[row][model].Solved;

    /// <summary>Gets what a model's run of a task cost.</summary>
    public Money Cost(int row, int model) => _runs[row][model].Cost;

    /// <summary>Keeps some of the tasks.</summary>
    public CapTable Only(IEnumerable<int> rows)
    {
        int[] kept = [.. rows];
        return new CapTable(Models, [.. kept.Select(row => Groups[row])], [.. kept.Select(row => _runs[row])]);
    }

    /// <summary>Gets a model's place among <see cref="Models"/>.</summary>
    public int IndexOf(string model)
    {
        for (int i = 0; i < Models.Count; i++)
        {
            if (Models[i] == model)
                return i;
        }

        throw new ArgumentException($"There is no model '{model}'.", nameof(model));
    }

    /// <summary>Gets the median of what a model's runs cost.</summary>
    public Money MedianCost(int model)
    {
        long[] costs = [.. Enumerable.Range(0, Rows).Select(row => Cost(row, model).Picodollars).Order()];
        return Money.FromPicodollars((costs[(Rows - 1) / 2] + costs[Rows / 2]) / 2);
    }

    private static (bool Solved, Money Cost) Run(OutcomeRow row, string model)
    {
        ModelOutcome outcome = row.Models[model];
        return outcome.Cost is { IsNegative: false } cost
            ? (outcome.Score >= Ceiling.Solved, cost)
            : throw new ConfigurationException($"{row.Location ?? $"row '{row.Id}'"}: the outcome of '{model}' has no cost. Caps are replayed on recorded dollars: add costUsd.");
    }
}
