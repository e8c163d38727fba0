using Microsoft.Extensions.AI;

namespace AgentRouter.Pricing;

/// <summary>Tokens of one call, or of many, in the four buckets that providers bill apart. The buckets do not overlap.</summary>
/// <param name="Input">Prompt tokens that were neither read from nor written to the provider's cache.</param>
/// <param name="CachedRead">Prompt tokens that were read from the provider's cache.</param>
/// <param name="CacheWrite">Prompt tokens that were written to the provider's cache.</param>
/// <param name="Output">Tokens that the model produced, reasoning included.</param>
public readonly record struct TokenUsage(long Input, long CachedRead, long CacheWrite, long Output)
{
    /// <summary>The key in <see cref="UsageDetails.AdditionalCounts"/> under which our providers report tokens written to the cache.</summary>
    public const string CacheWriteCountKey = "agentrouter.cache_write_tokens";

    /// <summary>Gets all prompt tokens, however they were billed.</summary>
    public long Prompt => Input + CachedRead + CacheWrite;

    /// <summary>Gets all tokens.</summary>
    public long Total => Prompt + Output;

    /// <summary>Adds two usages bucket by bucket.</summary>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right) => Add(left, right);

    /// <summary>Adds two usages bucket by bucket.</summary>
    public static TokenUsage Add(TokenUsage left, TokenUsage right) => new(
        left.Input + right.Input, left.CachedRead + right.CachedRead, left.CacheWrite + right.CacheWrite, left.Output + right.Output);

    /// <summary>Reads the four buckets from what a chat client reported.</summary>
    /// <param name="usage">The report; its input count includes the cached tokens, as Microsoft.Extensions.AI defines it.</param>
    /// <returns>The buckets, or <see langword="null"/> when input and output counts are not both there, or are both zero: no call is free of tokens.</returns>
    public static TokenUsage? FromDetails(UsageDetails? usage)
    {
        if (usage?.InputTokenCount is not { } input || usage.OutputTokenCount is not { } output || input < 0 || output < 0 || input + output == 0)
            return null;
        long cached = Math.Clamp(usage.CachedInputTokenCount ?? 0, 0, input);
        long written = 0;
        usage.AdditionalCounts?.TryGetValue(CacheWriteCountKey, out written);
        written = Math.Clamp(written, 0, input - cached);
        return new TokenUsage(input - cached - written, cached, written, output);
    }
}
