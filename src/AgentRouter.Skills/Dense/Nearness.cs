using System.Numerics.Tensors;

namespace AgentRouter.Skills.Dense;

/// <summary>Makes cosines comparable with the shares of other views.</summary>
/// <remarks>Cosines of different spaces and queries lie differently. What tells is how far one stands out from those of all other skills:
/// the nearness is that in standard deviations, as a share of <see cref="DenseView.FullDeviations"/>; below the mean it is negative.</remarks>
internal static class Nearness
{
    /// <summary>Turns cosines into nearness in place.</summary>
    /// <param name="cosines">The cosine of each document; at least one that is not hidden.</param>
    /// <param name="hidden">Documents that do not count; theirs becomes 0.</param>
    public static void OfCosines(Span<float> cosines, IReadOnlyList<int> hidden)
    {
        foreach (int document in hidden)
            cosines[document] = 0;
        int count = cosines.Length - hidden.Count;
        float mean = TensorPrimitives.Sum<float>(cosines) / count;
        float variance = TensorPrimitives.SumOfSquares<float>(cosines) / count - mean * mean;
        float scale = variance > 0 ? 1 / (MathF.Sqrt(variance) * DenseView.FullDeviations) : 0;
        TensorPrimitives.Subtract(cosines, mean, cosines);
        TensorPrimitives.Multiply(cosines, scale, cosines);
        foreach (int document in hidden)
            cosines[document] = 0;
    }
}
