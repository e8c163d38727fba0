using AgentRouter.Pricing;

namespace AgentRouter.Models;

/// <summary>A concrete model: who serves it, its tier, its prices and its limits.</summary>
public sealed record ModelProfile
{
    /// <summary>The output limit assumed when a profile names none, in tokens.</summary>
    public const int DefaultMaxOutputTokens = 4_096;

    /// <summary>Gets the name by which the model is called in YAML, decisions and reports; unique in a <see cref="ModelSet"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the tier this model belongs to: its rank by capability, such as <c>small</c> or <c>large</c>.</summary>
    public required string Tier { get; init; }

    /// <summary>Gets what its tokens cost. There is no default: a model without a price cannot be loaded.</summary>
    public required ModelPrices Prices { get; init; }

    /// <summary>Gets the name of the provider that serves it, as in <c>agentrouter.yaml</c>.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Gets the model's id at the provider. The default is <see cref="Name"/>.</summary>
    public string ModelId { get => field ?? Name; init; }

    /// <summary>Gets the context window: prompt and output together, in tokens. The default is 128,000.</summary>
    public long ContextWindow { get; init; } = 128_000;

    /// <summary>Gets the most tokens one answer may have. The default is 4,096.</summary>
    public int MaxOutputTokens { get; init; } = DefaultMaxOutputTokens;

    /// <summary>Gets what the model can take and do. The default is tools and JSON output.</summary>
    public ModelCapabilities Capabilities { get; init; } = ModelCapabilities.Tools | ModelCapabilities.Json;

    /// <summary>Gets how strong the model is at each kind of work. The default is unknown: its tier's rank stands for it.</summary>
    public ModelStrengths Strengths { get; init; } = ModelStrengths.Unknown;

    /// <summary>Gets how long the provider keeps a prompt prefix in its cache after its last use; zero when it keeps none.</summary>
    public TimeSpan CacheTimeToLive { get; init; }

    /// <summary>Gets the shortest prefix the provider caches, in tokens. The default is 1,024.</summary>
    public int CacheMinimumTokens { get; init; } = 1_024;

    /// <summary>Gets the name of the tokenizer, or <see langword="null"/> when it is unknown and token counts are bounded by bytes.</summary>
    public string? Tokenizer { get; init; }
}
