using AgentRouter.Models;

namespace AgentRouter.Routing.Policies.Capability;

/// <summary>How far a model falls short of what a step requires. HyDRA (2026): strength to spare in one dimension does not make up for
/// what is missing in another.</summary>
/// <remarks>HyDRA divides the weight of a dimension by the width of its band, so that a narrow band is not drowned by a wide one, and
/// scales all weights to keep their sum. Here a shortfall is a share of its band and the result their weighted mean. This is the same but for a
/// factor that all models share, and makes thresholds of different bands comparable: 1 misses all bands in full.</remarks>
internal static class Shortfall
{
    /// <summary>Computes a shortfall.</summary>
    /// <param name="required">The required place in each band.</param>
    /// <param name="places">The model's place in each band.</param>
    /// <param name="weights">The weights; they add up to 1, or are all 0.</param>
    /// <returns>The shortfall, from 0.</returns>
    public static double Of(ReadOnlySpan<double> required, ReadOnlySpan<double> places, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int k = 0; k < ModelStrengths.Count; k++)
        {
            if (weights[k] > 0)
                sum += weights[k] * Math.Max(0, required[k] - places[k]);
        }

        return sum;
    }

    /// <summary>Makes weights add up to 1; dimensions whose band has no width tell no models apart and get none.</summary>
    /// <param name="bands">The bands.</param>
    /// <param name="weights">The weights as they were set; 1 where none is.</param>
    public static double[] Weights(IReadOnlyList<StrengthBand> bands, IReadOnlyDictionary<Strength, double>? weights = null)
    {
        double[] all = [.. bands.Select((band, k) => band.Width > 0 ? weights?.GetValueOrDefault((Strength)k, 1) ?? 1 : 0)];
        double sum = all.Sum();
        return sum > 0 ? [.. all.Select(weight => weight / sum)] : all;
    }

    /// <summary>Chooses among models: the cheapest of those that fall short by no more than is put up with; when there is none, the one
    /// that falls least short. Of equals the cheaper one, then the first.</summary>
    /// <param name="shortfalls">What each model falls short by.</param>
    /// <param name="costs">What each is expected to cost.</param>
    /// <param name="tau">What is put up with. The more, the cheaper the choice, never the dearer.</param>
    /// <typeparam name="TCost">An amount.</typeparam>
    /// <returns>The model's index.</returns>
    public static int Choose<TCost>(ReadOnlySpan<double> shortfalls, ReadOnlySpan<TCost> costs, double tau)
        where TCost : IComparable<TCost>
    {
        int best = 0;
        for (int model = 1; model < shortfalls.Length; model++)
        {
            // what is put up with is as good as none
            int order = Math.Max(shortfalls[model], tau).CompareTo(Math.Max(shortfalls[best], tau));
            if (order < 0 || (order == 0 && costs[model].CompareTo(costs[best]) < 0))
                best = model;
        }

        return best;
    }
}
