using AgentRouter.Models;

namespace AgentRouter.Routing.Policies.Capability;

/// <summary>The range of strengths in one dimension that requirements are stated in: 0 is its low end, 1 its high end.</summary>
/// <param name="Low">The low end.</param>
/// <param name="High">The high end.</param>
internal readonly record struct StrengthBand(double Low, double High)
{
    /// <summary>The band of models that nothing is known of.</summary>
    public static StrengthBand Default { get; } = new(CapabilityDefaults.LeastStrength, CapabilityDefaults.MostStrength);

    /// <summary>Gets the width; a dimension without one tells no models apart.</summary>
    public double Width => High - Low;

    /// <summary>Finds where a strength stands in the band; below 0 or above 1 outside it. In a band without width all stand at its high end.</summary>
    public double PlaceOf(double strength) => Width > 0 ? (strength - Low) / Width : 1;

    /// <summary>Finds where a model of which nothing is known stands: by the rank of its tier.</summary>
    public static double PlaceOf(ModelEntry model) => model.Tiers.Count < 2 ? 1 : (double)model.TierRank / (model.Tiers.Count - 1);

    /// <summary>Finds the strength at a place.</summary>
    public double At(double place) => Low + place * Width;
}
