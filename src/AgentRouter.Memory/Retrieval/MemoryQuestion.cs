namespace AgentRouter.Memory.Retrieval;

/// <summary>What an agent wants to know of its memory.</summary>
public sealed record MemoryQuestion
{
    /// <summary>The longest question that is read, in characters.</summary>
    public const int MaxLength = 8_000;

    /// <summary>Makes a question.</summary>
    /// <param name="text">The question.</param>
    public MemoryQuestion(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        Text = text;
    }

    /// <summary>Gets the question; what is behind <see cref="MaxLength"/> characters is not read.</summary>
    public string Text { get; }

    /// <summary>Gets the most episodes, facts and reflections that are wanted, from 1 to 1,000.</summary>
    public int MaxItems { get; init; } = 10;

    /// <summary>Gets the most tokens that their texts may have together; <see langword="null"/> for any number.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets when the question is asked, which is what "last summer" counts from; <see langword="null"/> for now.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Gets a value indicating whether what holds no longer may be found too.</summary>
    public bool IncludeSuperseded { get; init; }

    /// <summary>Gets what is read of the question.</summary>
    internal string Read => Text.Length > MaxLength ? Text[..MaxLength] : Text;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxItems, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxItems, 1_000);
        if (MaxTokens is { } tokens)
            ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
    }
}
