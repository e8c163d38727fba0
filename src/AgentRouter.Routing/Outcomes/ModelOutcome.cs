using AgentRouter.Pricing;

namespace AgentRouter.Routing.Outcomes;

/// <summary>What came of giving one task, or one step of it, to one model.</summary>
public sealed record ModelOutcome
{
    /// <summary>Gets how well it was done, from 0 (failed) to 1 (solved).</summary>
    public required double Score { get; init; }

    /// <summary>Gets what it cost, or <see langword="null"/> when that is not known.</summary>
    public Money? Cost { get; init; }

    /// <summary>Gets the LLM calls it took, or <see langword="null"/> when that is not known.</summary>
    public int? Calls { get; init; }

    /// <summary>Gets the prompt tokens, or <see langword="null"/> when they are not known.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Gets the output tokens, or <see langword="null"/> when they are not known.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Gets how long it took, or <see langword="null"/> when that is not known.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>Gets the model's mean price in USD per million tokens, where a table knows no cost of each outcome.</summary>
    public decimal? UsdPerMillionTokens { get; init; }
}
