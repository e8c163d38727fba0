using AgentRouter.Skills.Use;

namespace AgentRouter.Workflows.Definitions;

/// <summary>The skills of an agent: given ones, those that are found for each task, or both. A workflow has one too, which says what agents leave out.</summary>
public sealed record SkillsDefinition
{
    /// <summary>Gets the names of skills that are always offered.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Gets how many are found for the task, from 0 to <see cref="SkillUseOptions.MaxTopK"/>; <see langword="null"/> for what the workflow says, else
    /// <see cref="SkillUseOptions.DefaultTopK"/>.</summary>
    public int? TopK { get; init; }

    /// <summary>Gets how many tokens may be opened in one visit of a node; <see langword="null"/> for what the workflow says, else <see cref="SkillUseOptions.DefaultMaxTokens"/>.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets how what is found is put in order; <see langword="null"/> for what the workflow says, else <see cref="SkillRerank.Default"/>.</summary>
    public SkillRerank? Rerank { get; init; }

    /// <summary>Gets the name of the reranker that puts what is found in order, instead of <see cref="Rerank"/>; <see langword="null"/> for what the workflow says, where this says nothing of
    /// <see cref="Rerank"/> either.</summary>
    public string? Reranker { get; init; }

    /// <summary>Gets the name of what makes vectors of tasks, and of skills where they are in folders; <see langword="null"/> for what the workflow says, else none.</summary>
    public string? Embeddings { get; init; }

    /// <summary>Gets the file of a trained ranker, as an absolute path; <see langword="null"/> for what the workflow says, else none.</summary>
    public string? Ranker { get; init; }

    /// <summary>Gets the folders that skills are looked for in, or a single index file, as absolute paths; <see langword="null"/> for what the workflow says, else the project's <c>skills/</c>.</summary>
    public IReadOnlyList<string>? From { get; init; }

    /// <summary>Gets the file that keeps what verified work has shown of skills, as an absolute path; <see langword="null"/> for what the workflow says, else it is kept as
    /// long as the engine lives.</summary>
    public string? Feedback { get; init; }

    /// <summary>Gets a value indicating whether verified work teaches which skills are better; <see langword="null"/> for what the workflow says, else it does.</summary>
    public bool? Learns { get; init; }

    /// <summary>Gets where it was written.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>Makes the skills of an agent that is given some and searches for none.</summary>
    /// <param name="names">Their names.</param>
    public static SkillsDefinition Of(params IReadOnlyList<string> names) => new() { Names = names, TopK = 0 };

    /// <summary>Fills in what is left out.</summary>
    /// <param name="defaults">What the workflow says.</param>
    internal SkillsDefinition Over(SkillsDefinition? defaults) => defaults is null ? this : this with
    {
        TopK = TopK ?? defaults.TopK,
        MaxTokens = MaxTokens ?? defaults.MaxTokens,
        Rerank = Reranker is null ? Rerank ?? defaults.Rerank : null,
        Reranker = Rerank is null ? Reranker ?? defaults.Reranker : null,
        Embeddings = Embeddings ?? defaults.Embeddings,
        Ranker = Ranker ?? defaults.Ranker,
        From = From ?? defaults.From,
        Feedback = Feedback ?? defaults.Feedback,
        Learns = Learns ?? defaults.Learns,
    };
}
