using System.Text;
using AgentRouter.Models;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Scripted;

/// <summary>Makes vectors without a model: texts are near that have words in common. The same text has the same vector, everywhere.</summary>
/// <remarks>Each word adds or takes away one at a few places that its hash says: feature hashing (K. Weinberger et al., "Feature hashing for large scale
/// multitask learning", 2009). It needs no network and knows nothing of meaning; it is there for tests and samples.</remarks>
internal sealed class ScriptedEmbeddingGenerator(EmbeddingProfile profile) : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int DefaultDimensions = 64;
    private const int PlacesPerWord = 4;
    private const int BitsPerPlace = 16;

    private readonly EmbeddingGeneratorMetadata _metadata = new(ScriptedConfiguration.ProviderName, null, profile.ModelId, profile.Dimensions ?? DefaultDimensions);

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        cancellationToken.ThrowIfCancellationRequested();
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        long tokens = 0;
        foreach (string text in values)
        {
            embeddings.Add(new Embedding<float>(VectorOf(text)) { ModelId = profile.ModelId });
            tokens += (Encoding.UTF8.GetByteCount(text) + ScriptedTokens.BytesPerToken - 1) / ScriptedTokens.BytesPerToken;
        }

        embeddings.Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens };
        return Task.FromResult(embeddings);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private float[] VectorOf(string text)
    {
        float[] vector = new float[profile.Dimensions ?? DefaultDimensions];
        var word = new StringBuilder();
        foreach (char c in text)
        {
            if (char.IsLetterOrDigit(c))
                word.Append(char.ToLowerInvariant(c));
            else
                Add(word, vector);
        }

        Add(word, vector);
        // a text without a word has a direction too
        if (vector.AsSpan().IndexOfAnyExcept(0f) < 0)
            vector[0] = 1;
        return vector;
    }

    private static void Add(StringBuilder word, float[] vector)
    {
        if (word.Length == 0)
            return;
        ulong hash = Hash(word.ToString());
        for (int i = 0; i < PlacesPerWord; i++, hash >>= BitsPerPlace)
            vector[(int)(hash >> 1 & 0x7fff) % vector.Length] += (hash & 1) == 0 ? 1 : -1;
        word.Clear();
    }

    // FNV-1a: the same in every process and version
    private static ulong Hash(string word)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (char c in word)
            hash = (hash ^ c) * 1_099_511_628_211;
        return hash ^ hash >> 29;
    }
}
