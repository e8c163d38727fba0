using AgentRouter.Tokens;

namespace AgentRouter.Memory.Context;

/// <summary>How long a conversation may become, and what is done then.</summary>
public sealed record ContextLimitOptions
{
    /// <summary>How many rounds always stay when nothing else is said.</summary>
    public const int DefaultKeepLast = 5;

    /// <summary>The most rounds that can be told to stay.</summary>
    public const int MostKeepLast = 1_000;

    /// <summary>The lowest limit: below it a note and a round do not fit.</summary>
    public const long LeastTokens = 200;

    /// <summary>The highest limit.</summary>
    public const long MostTokens = 100_000_000;

    /// <summary>The most steps that can be looked ahead.</summary>
    public const int MostLookAhead = 10;

    /// <summary>Gets the most tokens of a request, its tools included, as <see cref="TokenCounter"/> estimates them, from 200. What is longer is made shorter, to half of it where that is possible.</summary>
    public required long Tokens { get; init; }

    /// <summary>Gets what is done.</summary>
    public ContextStrategy Strategy { get; init; }

    /// <summary>Gets how many rounds always stay, from 1: a round is an answer of the model with the results of the tools that it called. Where so many take more than half of <see cref="Tokens"/>,
    /// fewer stay.</summary>
    public int KeepLast { get; init; } = DefaultKeepLast;

    /// <summary>Gets for how many steps <see cref="ContextStrategy.Auto"/> tries the strategies before it keeps one, from 1 to 10; 0, the default, for not at all. It costs about as many steps as strategies times this,
    /// and one that compares how they went on. Only tools that say that they change nothing (<see cref="AgentRouter.Tools.ToolTraits.ReadOnlyKey"/>) are called meanwhile, each call once.</summary>
    public int LookAhead { get; init; }

    /// <summary>Gets the memory that earlier rounds are put into; <see langword="null"/> for none, then <see cref="ContextStrategy.Auto"/> does not recall. It stays the caller's.</summary>
    public GraphMemory? Memory { get; init; }

    /// <summary>Gets the scope of <see cref="Memory"/> that they are put into. Give each conversation one of its own, and erase it when the conversation is over: what is in it is recalled.</summary>
    public MemoryScope? Scope { get; init; }

    /// <summary>Gets what counts tokens. The count is its bound times its <see cref="ITokenCounter.TypicalShare"/>: an estimate. The default counts bytes.</summary>
    public ITokenCounter TokenCounter { get; init; } = ByteBoundTokenCounter.Instance;

    /// <summary>Gets who is told each time that a conversation was made shorter. It must not throw.</summary>
    public Action<ContextCompaction>? Compacted { get; init; }

    /// <summary>Gets a value indicating whether earlier rounds can be recalled.</summary>
    internal bool HasMemory => Memory is not null && Scope is not null;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">Rounds are to be recalled and there is no memory, or no scope of it; or strategies are to be tried and one is set.</exception>
    internal ContextLimitOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Tokens, LeastTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Tokens, MostTokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepLast, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(KeepLast, MostKeepLast);
        ArgumentOutOfRangeException.ThrowIfNegative(LookAhead);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LookAhead, MostLookAhead);
        ArgumentNullException.ThrowIfNull(TokenCounter);
        if (!Enum.IsDefined(Strategy))
            throw new ArgumentOutOfRangeException(nameof(Strategy), Strategy, "There is no such strategy.");
        if (LookAhead > 0 && Strategy != ContextStrategy.Auto)
            throw new ArgumentException("LookAhead tries what Strategy leaves open: set Strategy to Auto, or LookAhead to 0.", nameof(LookAhead));
        if (Strategy == ContextStrategy.Recall && !HasMemory)
            throw new ArgumentException("Strategy is Recall, but there is no memory to recall from: set Memory and Scope.", nameof(Memory));
        return this;
    }
}
