using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>Counts what a generator does: texts, tokens, time. Not for several threads at once.</summary>
internal sealed class EmbeddingMeter(IEmbeddingGenerator<string, Embedding<float>> inner, TimeProvider timeProvider) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <summary>Gets how many texts were embedded.</summary>
    public long Texts { get; private set; }

    /// <summary>Gets how many tokens the generator says they had.</summary>
    public long Tokens { get; private set; }

    /// <summary>Gets how long it took, pauses between calls left out.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>Gets the tokens of a second; 0 where none are reported.</summary>
    public double TokensPerSecond => Time > TimeSpan.Zero ? Tokens / Time.TotalSeconds : 0;

    /// <inheritdoc/>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        long began = timeProvider.GetTimestamp();
        GeneratedEmbeddings<Embedding<float>> embeddings = await base.GenerateAsync(values, options, cancellationToken);
        Time += timeProvider.GetElapsedTime(began);
        Texts += embeddings.Count;
        Tokens += embeddings.Usage?.InputTokenCount ?? 0;
        return embeddings;
    }
}
