using AgentRouter.Models;
using AgentRouter.Routing.Evaluation;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Policies.Capability.Training;

/// <summary>Strengths of models as a table shows them: in each dimension the mean score, where a row counts by what it requires of that
/// dimension by the rules. A row without a prompt is read by the name of its group.</summary>
/// <remarks>The mean over all rows counts for some rows more, so a dimension that the table says little of takes that one.</remarks>
internal static class TableStrengths
{
    /// <summary>Computes them.</summary>
    /// <param name="rows">The rows; each has all models.</param>
    /// <param name="models">The models.</param>
    /// <returns>For each model its strength in each dimension.</returns>
    public static double[][] Of(IReadOnlyList<OutcomeRow> rows, IReadOnlyList<string> models)
    {
        double[] overall = [.. models.Select(model => rows.Average(row => row.Models[model].Score))];
        double[][] sums = [.. models.Select(_ => new double[ModelStrengths.Count])];
        double[] weights = new double[ModelStrengths.Count], required = new double[ModelStrengths.Count];
        foreach (OutcomeRow row in rows)
        {
            RuleRequirements.Read(row.Prompt ?? row.Group.Replace('_', ' '), required);
            for (int k = 0; k < required.Length; k++)
            {
                weights[k] += required[k];
                for (int model = 0; model < sums.Length; model++)
                    sums[model][k] += required[k] * row.Models[models[model]].Score;
            }
        }

        for (int model = 0; model < sums.Length; model++)
        {
            for (int k = 0; k < weights.Length; k++)
                sums[model][k] = (sums[model][k] + GroupMeans.Shrinkage * overall[model]) / (weights[k] + GroupMeans.Shrinkage);
        }

        return sums;
    }

    /// <summary>Takes the configured strengths in every dimension in which each model has one: two scales are not mixed.</summary>
    /// <param name="strengths">The strengths of the table; those of a dimension are replaced.</param>
    /// <param name="models">The models.</param>
    /// <param name="configured">The configured strengths by model.</param>
    public static void Configure(double[][] strengths, IReadOnlyList<string> models, IReadOnlyDictionary<string, ModelStrengths> configured)
    {
        for (int k = 0; k < ModelStrengths.Count; k++)
        {
            double?[] known = [.. models.Select(model => configured.GetValueOrDefault(model)?[(Strength)k])];
            if (!known.All(strength => strength is not null))
                continue;
            for (int model = 0; model < strengths.Length; model++)
                strengths[model][k] = known[model]!.Value;
        }
    }
}
