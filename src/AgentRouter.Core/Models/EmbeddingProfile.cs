using AgentRouter.Pricing;

namespace AgentRouter.Models;

/// <summary>What makes vectors of texts, by name: a model in a folder of this machine, or one that a provider serves.</summary>
public sealed record EmbeddingProfile
{
    /// <summary>The texts that are sent together when a profile does not say.</summary>
    public const int DefaultBatch = 64;

    /// <summary>The most texts that are sent together.</summary>
    public const int MaxBatch = 2_048;

    /// <summary>The most numbers that a vector may have.</summary>
    public const int MaxDimensions = 8_192;

    /// <summary>Gets the name by which commands and workflows call it.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the folder of an ONNX model, as an absolute path; <see langword="null"/> where a provider serves the model.</summary>
    public string? Onnx { get; init; }

    /// <summary>Gets which version of an ONNX model is in the folder; <see langword="null"/> where that is not known.</summary>
    public string? Revision { get; init; }

    /// <summary>Gets where an ONNX model works: <c>auto</c>, <c>cpu</c> or <c>cuda</c>; <see langword="null"/> for what it chooses by itself.</summary>
    public string? Device { get; init; }

    /// <summary>Gets the tokens after which an ONNX model cuts a text off; <see langword="null"/> for the model's own limit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets the name of the provider that serves the model; <see langword="null"/> for an ONNX model.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the model's id at the provider.</summary>
    public string ModelId { get; init; } = "";

    /// <summary>Gets the numbers of a vector that the provider is asked for; <see langword="null"/> for as many as the model makes.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Gets what its tokens cost; only prompt tokens are billed.</summary>
    public required ModelPrices Prices { get; init; }

    /// <summary>Gets what is written before every part of a skill, such as <c>passage: </c>; <see langword="null"/> for what the folder of an ONNX model says, else nothing.</summary>
    public string? SkillPrefix { get; init; }

    /// <summary>Gets what is written before every task, such as <c>query: </c>; <see langword="null"/> likewise.</summary>
    public string? TaskPrefix { get; init; }

    /// <summary>Gets the most texts that are sent together, from 1 to <see cref="MaxBatch"/>.</summary>
    public int Batch { get; init; } = DefaultBatch;

    /// <summary>Gets a value indicating whether vectors cost money.</summary>
    public bool IsPaid => Prices != ModelPrices.Free;

    /// <summary>Gets what tells its vectors of skills from those of others. It is kept beside them, so it names all that they depend on, and not
    /// <see cref="Name"/>: a profile may be given another one.</summary>
    public string VectorName
    {
        get
        {
            string model = Onnx is null ? $"{Provider}/{ModelId}" : $"onnx/{Path.GetFileName(Path.TrimEndingDirectorySeparator(Onnx))}";
            return string.Concat((string[])
            [
                model,
                Revision is { } revision ? $"@{revision}" : "",
                Dimensions is { } numbers ? $" of {numbers}" : "",
                MaxTokens is { } tokens ? $" to {tokens} tokens" : "",
                SkillPrefix is { } prefix ? $" after '{prefix}'" : "",
            ]);
        }
    }
}
