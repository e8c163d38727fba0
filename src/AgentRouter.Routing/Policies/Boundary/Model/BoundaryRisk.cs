using System.Globalization;
using AgentRouter.Routing.Learning;

namespace AgentRouter.Routing.Policies.Boundary.Model;

/// <summary>Tells classes of steps apart by their text: bands of how much more likely the dearest model is to be right than the cheapest.</summary>
/// <param name="Predictor">Predicts how likely each rung is to be right.</param>
/// <param name="Bands">Where one band ends and the next begins, ascending.</param>
internal sealed record BoundaryRisk(SuccessPredictor Predictor, IReadOnlyList<double> Bands)
{
    /// <summary>Names the class of a band.</summary>
    /// <param name="band">The band, from 0; the last gains most from the dearest model.</param>
    public static string ClassName(int band) => "risk " + (band + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Finds the band of a predicted gain.</summary>
    public static int BandOf(IReadOnlyList<double> bands, double gain)
    {
        int band = 0;
        while (band < bands.Count && gain >= bands[band])
            band++;
        return band;
    }

    /// <summary>Predicts how much more likely the dearest model is to be right.</summary>
    /// <param name="prompt">The request.</param>
    /// <param name="group">The kind of task; empty when it is not known.</param>
    /// <param name="id">The task's id; or empty.</param>
    public double GainOf(string? prompt, ReadOnlySpan<char> group, ReadOnlySpan<char> id)
    {
        Span<double> success = stackalloc double[BoundaryModel.MaxRungs];
        success = success[..Predictor.Models.Count];
        Predictor.Predict(prompt, group, id, success);
        return success[^1] - success[0];
    }

    /// <summary>Finds the band of a request.</summary>
    public int BandOf(string? prompt, ReadOnlySpan<char> group, ReadOnlySpan<char> id) => BandOf(Bands, GainOf(prompt, group, id));
}
