using Microsoft.Extensions.AI;

namespace AgentRouter.Skills.Tests.Support;

/// <summary>A model that knows a few meanings, each a direction: words of one meaning are alike.</summary>
internal sealed class MeaningGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Meanings = 4;

    private static readonly string[][] Words = [["drink", "beverage", "tea", "juice"], ["loaf", "bread", "dough", "flour"], ["plates", "dishes", "soap"], ["water", "boil"]];

    public string? Model { get; init; } = "meanings";

    /// <summary>Gets what was asked, call by call.</summary>
    public List<string[]> Asked { get; } = [];

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add([.. values]);
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(Asked[^1].Select(text => new Embedding<float>(Vector(text)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", defaultModelId: Model) : null;

    public void Dispose()
    {
    }

    private static float[] Vector(string text) => [.. Words.Select(words => (float)words.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))];
}
