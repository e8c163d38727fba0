using AgentRouter.Configuration;
using Microsoft.Extensions.AI;

namespace AgentRouter.Skills.Dense;

/// <summary>Embeds with any generator of Microsoft.Extensions.AI.</summary>
internal sealed class GeneratorSkillEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator, SkillEmbedderOptions options) : ISkillEmbedder
{
    /// <inheritdoc/>
    public string Name { get; } = options.Name ?? NameOf(generator);

    /// <inheritdoc/>
    public bool IsPaid => options.IsPaid;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, EmbeddingPurpose purpose, CancellationToken cancellationToken)
    {
        string prefix = purpose == EmbeddingPurpose.Task ? options.TaskPrefix : options.SkillPrefix;
        var vectors = new List<ReadOnlyMemory<float>>(texts.Count);
        foreach (string[] batch in texts.Chunk(options.BatchSize))
        {
            GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(batch.Select(text => prefix + text), cancellationToken: cancellationToken).ConfigureAwait(false);
            vectors.AddRange(embeddings.Select(embedding => embedding.Vector));
        }

        return vectors;
    }

    private static string NameOf(IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        var metadata = generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        return metadata?.DefaultModelId is { } model
            ? $"{metadata.ProviderName ?? "unknown"}/{model}"
            : throw new ConfigurationException("The embedding generator does not say which model it uses. Set SkillEmbedderOptions.Name to what tells its vectors from those of others.");
    }
}

/// <summary>How a generator embeds skills and tasks.</summary>
public sealed record SkillEmbedderOptions
{
    private readonly int _batchSize = 64;

    /// <summary>Gets what tells its vectors from those of others; by default the provider and the model that the generator names.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what is written before every part of a skill, such as <c>passage: </c> for models that want it.</summary>
    public string SkillPrefix { get; init; } = "";

    /// <summary>Gets what is written before every task, such as <c>query: </c>.</summary>
    public string TaskPrefix { get; init; } = "";

    /// <summary>Gets a value indicating whether the generator costs money; not when not set.</summary>
    public bool IsPaid { get; init; }

    /// <summary>Gets the most texts that are embedded at a time, at least 1; 64 when not set.</summary>
    public int BatchSize
    {
        get => _batchSize;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _batchSize = value;
        }
    }
}

/// <summary>Makes embedders of generators.</summary>
public static class SkillEmbedderExtensions
{
    /// <summary>Makes an embedder of skills of a generator.</summary>
    /// <param name="generator">The generator; the caller owns it.</param>
    /// <param name="options">How it embeds.</param>
    /// <exception cref="ConfigurationException">The generator names no model, and the options give no name.</exception>
    public static ISkillEmbedder AsSkillEmbedder(this IEmbeddingGenerator<string, Embedding<float>> generator, SkillEmbedderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new GeneratorSkillEmbedder(generator, options ?? new SkillEmbedderOptions());
    }
}
