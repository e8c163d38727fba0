using AgentRouter.Language.Vectors;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Embeddings;

/// <summary>What makes vectors of what is remembered and of questions: a model of the user's, local or remote.</summary>
/// <remarks>A memory works without one. With one, what was embedded by <see cref="GraphMemory.EmbedAsync"/> is also found by what it means, beside what is found by its words.</remarks>
public sealed record MemoryEmbeddings
{
    /// <summary>The texts that are sent together when nothing else is said.</summary>
    public const int DefaultBatch = 64;

    /// <summary>The most texts that are sent together.</summary>
    public const int MaxBatch = 2_048;

    internal const int MaxDimensions = Int8Rows.MaxDimensions;

    /// <summary>Names what makes vectors.</summary>
    /// <param name="generator">The generator; the caller owns it. It must be safe for threads.</param>
    /// <param name="space">What tells its vectors from those of others: its model, and the dimensions where they can be chosen. Vectors of different spaces are kept apart.</param>
    public MemoryEmbeddings(IEmbeddingGenerator<string, Embedding<float>> generator, string space)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentException.ThrowIfNullOrWhiteSpace(space);
        (Generator, Space) = (generator, space);
    }

    /// <summary>Gets the generator.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Generator { get; }

    /// <summary>Gets what tells its vectors from those of others.</summary>
    public string Space { get; }

    /// <summary>Gets what is written before every text that is remembered, such as <c>passage: </c> for models that want it.</summary>
    public string NodePrefix { get; init; } = "";

    /// <summary>Gets what is written before every question, such as <c>query: </c>.</summary>
    public string QuestionPrefix { get; init; } = "";

    /// <summary>Gets the most texts that are sent together, from 1 to <see cref="MaxBatch"/>.</summary>
    public int Batch { get; init; } = DefaultBatch;

    /// <summary>Gets the longest that a question waits for its vector, above 0; then it is answered without.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal MemoryEmbeddings Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Batch, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Batch, MaxBatch);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(LongestWait, TimeSpan.Zero);
        return this;
    }
}
