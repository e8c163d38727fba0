using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Evaluation;

/// <summary>Each model's mean in each group, drawn to its mean over all rows as if so many rows with that mean had been seen:
/// the baseline that knows nothing but the group.</summary>
internal sealed class GroupMeans
{
    /// <summary>The rows that the overall mean counts for.</summary>
    public const double Shrinkage = 20;

    private readonly double[] _overall;
    private readonly Dictionary<string, double[]> _groups;

    /// <summary>Takes the means.</summary>
    /// <param name="rows">The training rows.</param>
    /// <param name="models">The models.</param>
    /// <param name="value">What is averaged.</param>
    public GroupMeans(IReadOnlyList<OutcomeRow> rows, IReadOnlyList<string> models, Func<ModelOutcome, double> value)
    {
        _overall = [.. models.Select(model => rows.Average(row => value(row.Models[model])))];
        _groups = rows.GroupBy(row => row.Group).ToDictionary(group => group.Key, group => models
            .Select((model, m) => (group.Sum(row => value(row.Models[model])) + Shrinkage * _overall[m]) / (group.Count() + Shrinkage)).ToArray());
    }

    /// <summary>Gets the means in a group; those over all rows for a group that was not seen.</summary>
    public IReadOnlyList<double> In(string group) => _groups.GetValueOrDefault(group, _overall);
}
