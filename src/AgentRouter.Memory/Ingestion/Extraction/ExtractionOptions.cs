using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>How a model is asked.</summary>
public sealed record ExtractionOptions
{
    /// <summary>Gets what completes the options of each call, such as which step it is; nothing by default.</summary>
    public Func<ChatOptions, ChatOptions> Configure { get; init; } = static options => options;

    /// <summary>Gets the most tokens of an answer, from 200.</summary>
    public int MaxOutputTokens { get; init; } = ExtractionLimits.OutputTokens;

    internal ExtractionOptions Validated()
    {
        ArgumentNullException.ThrowIfNull(Configure);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxOutputTokens, 200);
        return this;
    }
}
