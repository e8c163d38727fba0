using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Records;

/// <summary>The vector to search with.</summary>
internal static class SearchVector
{
    /// <summary>Takes a vector as it is, and has one generated from anything else.</summary>
    /// <exception cref="NotSupportedException">The value is no vector, and no generator for it is configured.</exception>
    /// <exception cref="ArgumentException">The vector has the wrong length or holds no finite number.</exception>
    public static async Task<ReadOnlyMemory<float>> FromAsync<TInput>(TInput value, VectorPropertyModel property, CancellationToken cancellationToken)
        where TInput : notnull
    {
        if (!VectorValue.TryRead(value, out ReadOnlyMemory<float> vector))
            vector = await GenerateAsync(value, property, cancellationToken);
        return VectorValue.Check(vector, property);
    }

    private static async Task<ReadOnlyMemory<float>> GenerateAsync(object value, VectorPropertyModel property, CancellationToken cancellationToken)
    {
        if (property.EmbeddingGenerator is null)
            throw new NotSupportedException(VectorDataStrings.InvalidSearchInputAndNoEmbeddingGeneratorWasConfigured(value.GetType(), VectorValue.SupportedTypes));
        if (property.EmbeddingGenerationDispatcher is null)
            throw new NotSupportedException(VectorDataStrings.IncompatibleEmbeddingGeneratorWasConfiguredForInputType(value.GetType(), property.EmbeddingGenerator.GetType()));
        return ((Embedding<float>)await property.GenerateEmbeddingAsync(value, cancellationToken)).Vector;
    }
}
