using AgentRouter.Models;

namespace AgentRouter.Pricing;

/// <summary>What is publicly known about a model: its prices and limits. Limits that are not known are <see langword="null"/>.</summary>
public sealed record PriceTableEntry
{
    /// <summary>Gets the model's id at its provider.</summary>
    public required string ModelId { get; init; }

    /// <summary>Gets the prices.</summary>
    public required ModelPrices Prices { get; init; }

    /// <summary>Gets the company that sells the model, such as <c>openai</c>, or <see langword="null"/>.</summary>
    public string? Vendor { get; init; }

    /// <summary>Gets the largest prompt and output together, in tokens, at these prices: where a vendor charges more for long
    /// prompts, the window ends where the higher price starts.</summary>
    public long? ContextWindow { get; init; }

    /// <summary>Gets the most tokens one answer may have.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Gets what the model can take and do.</summary>
    public ModelCapabilities? Capabilities { get; init; }

    /// <summary>Gets how long the provider keeps a prompt prefix after its last use.</summary>
    public TimeSpan? CacheTimeToLive { get; init; }

    /// <summary>Gets the shortest prefix the provider caches, in tokens.</summary>
    public int? CacheMinimumTokens { get; init; }

    /// <summary>Gets the name of the tokenizer, where it is published.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>Gets the file and line that the entry was read from.</summary>
    public string Location { get; init; } = "";
}
