using Microsoft.Extensions.AI;

namespace AgentRouter.VectorStores.Tests.Support;

/// <summary>Embeds text by what it is about: the sea, the mountains, or cooking.</summary>
public sealed class FakeEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private static readonly string[][] Topics = [["sea", "ship", "whale"], ["mountain", "snow", "climb"], ["kitchen", "bread", "soup"]];

    /// <summary>Gets how many texts were embedded with each call.</summary>
    public List<int> Calls { get; } = [];

    public static float[] Of(string text)
    {
        float[] vector = [.. Topics.Select(words => words.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) + 0.01f)];
        float length = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var embeddings = new GeneratedEmbeddings<Embedding<float>>(values.Select(value => new Embedding<float>(Of(value))));
        Calls.Add(embeddings.Count);
        return Task.FromResult(embeddings);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
