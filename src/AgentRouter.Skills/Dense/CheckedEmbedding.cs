using AgentRouter.Configuration;
using AgentRouter.Language.Vectors;

namespace AgentRouter.Skills.Dense;

/// <summary>Asks embedders and checks what they give.</summary>
internal static class CheckedEmbedding
{
    /// <summary>Embeds texts.</summary>
    /// <param name="embedder">The embedder.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="purpose">What they are.</param>
    /// <param name="dimensions">The numbers that a vector must have; any when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ConfigurationException">There are not as many vectors as texts, or they have not the same numbers.</exception>
    public static async ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> OfAsync(
        ISkillEmbedder embedder, IReadOnlyList<string> texts, EmbeddingPurpose purpose, int? dimensions, CancellationToken cancellationToken)
    {
        IReadOnlyList<ReadOnlyMemory<float>> vectors = await embedder.EmbedAsync(texts, purpose, cancellationToken).ConfigureAwait(false);
        if (vectors.Count != texts.Count)
            throw new ConfigurationException($"The embedder '{embedder.Name}' gave {vectors.Count} vectors for {texts.Count} texts.");
        int expected = dimensions ?? (vectors.Count == 0 ? 0 : vectors[0].Length);
        foreach (ReadOnlyMemory<float> vector in vectors)
        {
            if (vector.Length is 0 or > Int8Rows.MaxDimensions)
                throw new ConfigurationException($"The embedder '{embedder.Name}' gave a vector of {vector.Length} numbers; it must have 1 to {Int8Rows.MaxDimensions}.");
            if (!IsFinite(vector.Span))
                throw new ConfigurationException($"The embedder '{embedder.Name}' gave a vector with something that is no finite number.");
            if (vector.Length != expected)
                throw new ConfigurationException($"The embedder '{embedder.Name}' gave a vector of {vector.Length} numbers where others have {expected}. If its model has changed, give it another name and index the skills again.");
        }

        return vectors;
    }

    private static bool IsFinite(ReadOnlySpan<float> vector)
    {
        foreach (float number in vector)
        {
            if (!float.IsFinite(number))
                return false;
        }

        return true;
    }
}
