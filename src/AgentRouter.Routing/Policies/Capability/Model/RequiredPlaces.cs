using AgentRouter.Models;

namespace AgentRouter.Routing.Policies.Capability.Model;

/// <summary>Turns predicted success into what is required: in each dimension the strength at which predicted success comes near the best's.</summary>
/// <remarks>
/// Within a dimension, go up the models by their strength and look at the best prediction so far; between two models it is taken to rise
/// evenly. What is required is the first place at which it is within <see cref="Near"/> of the best prediction of all. So what is required
/// never falls when a stronger model is predicted to do better, and the model that is predicted to do best is always strong enough.
/// </remarks>
internal sealed class RequiredPlaces
{
    /// <summary>The loss of success that is not worth a stronger model, whatever it costs: predictions are no finer.</summary>
    public const double Near = 0.02;

    private readonly double[][] _places;
    private readonly int[][] _order;

    /// <summary>Sorts the models in each dimension.</summary>
    /// <param name="strengths">For each model its strength in each dimension.</param>
    public RequiredPlaces(IReadOnlyList<double[]> strengths)
    {
        Bands = [.. Enumerable.Range(0, ModelStrengths.Count).Select(k => new StrengthBand(strengths.Min(model => model[k]), strengths.Max(model => model[k])))];
        _places = [.. Bands.Select((band, k) => strengths.Select(model => band.PlaceOf(model[k])).ToArray())];
        _order = [.. _places.Select(places => Enumerable.Range(0, places.Length).OrderBy(model => places[model]).ToArray())];
    }

    /// <summary>Gets the band of each dimension: from the weakest to the strongest model.</summary>
    public IReadOnlyList<StrengthBand> Bands { get; }

    /// <summary>Finds what is required.</summary>
    /// <param name="success">How likely each model is to succeed.</param>
    /// <param name="required">Takes the place in each band, from 0 to 1.</param>
    public void Of(ReadOnlySpan<double> success, Span<double> required)
    {
        double enough = double.NegativeInfinity;
        foreach (double each in success)
            enough = Math.Max(enough, each - Near);
        for (int k = 0; k < required.Length; k++)
            required[k] = Bands[k].Width > 0 ? Reach(_order[k], _places[k], success, enough) : 0;
    }

    private static double Reach(int[] order, double[] places, ReadOnlySpan<double> success, double enough)
    {
        double reached = success[order[0]];
        for (int i = 0; reached < enough; i++)
        {
            double from = places[order[i]], to = places[order[i + 1]], next = success[order[i + 1]];
            if (next >= enough)
                return from + (to - from) * (enough - reached) / (next - reached);
            reached = Math.Max(reached, next);
            if (i + 2 == order.Length)
                return to;
        }

        // the weakest is good enough
        return 0;
    }
}
