namespace AgentRouter.Routing.Evaluation.Trajectories;

/// <summary>One LLM call of a recorded run, and what its tools answered.</summary>
internal sealed record RecordedStep
{
    /// <summary>Gets the prompt in tokens, however it was billed.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Gets the part of the prompt that was read from the provider's cache; <see langword="null"/> where that was not recorded.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>Gets the part of the prompt that was written to the provider's cache; <see langword="null"/> where that was not recorded.</summary>
    public long? WrittenTokens { get; init; }

    /// <summary>Gets the output in tokens.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Gets when the call was answered; <see langword="null"/> where that was not recorded.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Gets the number of the user's turn that the step belongs to, from 0.</summary>
    public int Turn { get; init; }

    /// <summary>Gets what the model said beside its calls.</summary>
    public string Text { get; init; } = "";

    /// <summary>Gets the tool calls.</summary>
    public IReadOnlyList<RecordedCall> Calls { get; init; } = [];

    /// <summary>Gets what the tools answered.</summary>
    public IReadOnlyList<string> Observations { get; init; } = [];
}
