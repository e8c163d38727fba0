using System.Numerics.Tensors;
using AgentRouter.Configuration;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Embeddings;

/// <summary>Asks a generator and checks what it gives.</summary>
internal static class CheckedVectors
{
    /// <summary>Makes vectors of texts.</summary>
    /// <param name="embeddings">What makes them.</param>
    /// <param name="prefix">What is written before each text.</param>
    /// <param name="texts">The texts, at most as many as are sent together.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A vector of length one for each text, all with as many numbers; zeros for one that says nothing.</returns>
    /// <exception cref="ConfigurationException">There are not as many vectors as texts, or they cannot be vectors of one space.</exception>
    public static async Task<float[][]> OfAsync(MemoryEmbeddings embeddings, string prefix, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<Embedding<float>> made = await embeddings.Generator.GenerateAsync(texts.Select(text => prefix + text), cancellationToken: cancellationToken).ConfigureAwait(false);
        if (made.Count != texts.Count)
            throw new ConfigurationException($"The embeddings '{embeddings.Space}' gave {made.Count} vectors for {texts.Count} texts.");
        var vectors = new float[made.Count][];
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = Checked(embeddings, made[i].Vector.Span, made[0].Vector.Length);
        return vectors;
    }

    private static float[] Checked(MemoryEmbeddings embeddings, ReadOnlySpan<float> vector, int expected)
    {
        if (vector.Length is 0 or > MemoryEmbeddings.MaxDimensions)
            throw new ConfigurationException($"The embeddings '{embeddings.Space}' gave a vector of {vector.Length} numbers; it must have 1 to {MemoryEmbeddings.MaxDimensions}.");
        if (vector.Length != expected)
            throw new ConfigurationException($"The embeddings '{embeddings.Space}' gave a vector of {vector.Length} numbers where others have {expected}.");
        float length = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(length))
            throw new ConfigurationException($"The embeddings '{embeddings.Space}' gave a vector with something that is no finite number.");
        var unit = new float[vector.Length];
        if (float.IsNormal(length))
            TensorPrimitives.Divide(vector, length, unit);
        return unit;
    }
}
