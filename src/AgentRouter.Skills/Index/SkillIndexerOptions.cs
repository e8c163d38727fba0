using AgentRouter.Skills.Dense;

namespace AgentRouter.Skills.Index;

/// <summary>How skills are indexed.</summary>
public sealed record SkillIndexerOptions
{
    /// <summary>Gets whether vectors are learned from the skills. It does not matter when there is an <see cref="Embedder"/>.</summary>
    public DenseMode Dense { get; init; } = DenseMode.Auto;

    /// <summary>Gets what makes vectors of the skills, or <see langword="null"/> for none. An index that another one made is made again from all skills.</summary>
    public ISkillEmbedder? Embedder { get; init; }

    /// <summary>Gets what keeps the skills that are embedded so far, or <see langword="null"/> for nothing. It is given an index every
    /// <see cref="CheckpointEvery"/> while skills are embedded, and when that breaks off, by an error or by cancellation, before the exception comes through.</summary>
    /// <remarks>What has not been reached is in that index as it was before, so whoever updates it later embeds only what is missing. At the end nothing is given: the whole index is returned.</remarks>
    public Action<SkillIndex>? Checkpoint { get; init; }

    /// <summary>Gets the time between two checkpoints; 20 seconds when not set. It is looked at between calls of the embedder.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets the clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>How far the indexing is.</summary>
/// <param name="Stage">What is done.</param>
/// <param name="Share">The share of it that is done, from 0 to 1.</param>
public readonly record struct IndexingProgress(IndexingStage Stage, double Share);

/// <summary>The stages of indexing.</summary>
public enum IndexingStage
{
    /// <summary>Skills are read, and embedded where there is an embedder.</summary>
    Reading,

    /// <summary>Vectors are learned from them.</summary>
    Learning,
}
