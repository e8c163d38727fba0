using AgentRouter.Memory.Retrieval.Effort;

namespace AgentRouter.Memory.Use;

/// <summary>What a model reads of a memory for one task, and what it may write.</summary>
public sealed record MemoryUseOptions
{
    /// <summary>How many notes are put before the conversation when nothing else is said.</summary>
    public const int DefaultTopK = 6;

    /// <summary>The most notes that may be asked for at once.</summary>
    public const int MaxTopK = 50;

    /// <summary>The tokens of notes when nothing else is said: six turns of a conversation, or three passages of a document.</summary>
    public const int DefaultTokens = 800;

    /// <summary>The fewest tokens that show anything.</summary>
    public const int LeastTokens = 100;

    /// <summary>The most tokens: as much as a model is given of any tool's result.</summary>
    public const int MostTokens = 16_000;

    /// <summary>Gets the scopes that are read, in no order; none for a memory that is only written.</summary>
    public IReadOnlyList<MemoryScope> Read { get; init; } = [];

    /// <summary>Gets the scope that is written, and in which alone something can be forgotten; <see langword="null"/> for none. It is read only where <see cref="Read"/> names it too.</summary>
    public MemoryScope? Write { get; init; }

    /// <summary>Gets how many tokens of notes are put before the conversation, and how many each function answers with at most, from 100 to 16,000. A token is counted for every four bytes.</summary>
    public int Tokens { get; init; } = DefaultTokens;

    /// <summary>Gets how many notes are put before the conversation, from 0, which leaves finding to the functions, to <see cref="MaxTopK"/>.</summary>
    public int TopK { get; init; } = DefaultTopK;

    /// <summary>Gets a value indicating whether the model gets functions: one to find more where a scope is read, two to remember and to forget where one is written.</summary>
    public bool Tools { get; init; } = true;

    /// <summary>Gets what is remembered without a model asking for it, in <see cref="Write"/>. It is for <c>UseMemory</c>: neither a session nor a kernel
    /// sees whole conversations, and both refuse it.</summary>
    public MemoryRemembers Remembers { get; init; }

    /// <summary>Gets a value indicating whether a model may also forget facts that were learned from conversations and documents. By default it forgets only what a model has remembered
    /// with its function; conversations and documents themselves it never forgets.</summary>
    public bool ForgetsLearned { get; init; }

    /// <summary>Gets the effort for finding notes; <see langword="null"/> to let each task decide. By default words and rules alone, which cost nothing and use no vectors.</summary>
    public RecallEffort? Effort { get; init; } = RecallEffort.Low;

    /// <summary>Gets what finding is assisted by where <see cref="Effort"/> is not low.</summary>
    public AssistedRecallOptions Assistance { get; init; } = new();

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">Something is to be remembered and there is no scope to write.</exception>
    internal MemoryUseOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(TopK);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TopK, MaxTopK);
        ArgumentOutOfRangeException.ThrowIfLessThan(Tokens, LeastTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Tokens, MostTokens);
        if (Remembers != MemoryRemembers.None && Write is null)
            throw new ArgumentException($"Remembers is {Remembers}, but there is no scope to write: set Write.", nameof(Write));
        ArgumentNullException.ThrowIfNull(Assistance);
        Assistance.Validated();
        return this;
    }
}
