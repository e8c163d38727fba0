using AgentRouter.Budgets;
using AgentRouter.Pricing;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>What a recall can be assisted by. What is not there is done without.</summary>
public sealed record AssistedRecallOptions
{
    /// <summary>The tokens of a summary when neither the question nor the options say how many.</summary>
    public const int DefaultSummaryTokens = 300;

    /// <summary>Gets the model that reads questions, judges notes and sums them up; best a step router in a task, so that its calls are paid from the task's budget. Not owned.</summary>
    public IChatClient? Client { get; init; }

    /// <summary>Gets what orders what was found without a large model; not owned.</summary>
    public IMemoryReranker? Reranker { get; init; }

    /// <summary>Gets what completes the options of each call of <see cref="Client"/>, or <see langword="null"/>.</summary>
    public Func<ChatOptions, ChatOptions>? Configure { get; init; }

    /// <summary>Gets the ledger that <see cref="Client"/> and the embeddings spend from, so that nothing is tried that it cannot pay; <see langword="null"/> where its refusals are enough.</summary>
    public BudgetLedger? Ledger { get; init; }

    /// <summary>Gets the amount above which no further call is made for a question, above zero; <see langword="null"/> for none. It needs <see cref="Ledger"/>. What others spend from the
    /// same ledger meanwhile counts, and the call that passes the amount is not taken back: the ledger is what cannot be overspent.</summary>
    public Money? MostPerQuestion { get; init; }

    /// <summary>Gets how many of what was found are put in order, from 2 to 100.</summary>
    public int Depth { get; init; } = 30;

    /// <summary>Gets how many tokens a summary has at most where the question does not say, from 50 to 4,000.</summary>
    public int SummaryTokens { get; init; } = DefaultSummaryTokens;

    /// <summary>Gets what tells which exceptions of <see cref="Client"/> end the work; after all others, a budget that is used up among them, the recall goes on with less effort.</summary>
    public Func<Exception, bool> EndsWork { get; init; } = _ => false;

    /// <summary>Checks that they fit together.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">There is an amount, and no ledger to measure it with.</exception>
    internal AssistedRecallOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Depth, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(SummaryTokens, 50);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SummaryTokens, 4_000);
        ArgumentNullException.ThrowIfNull(EndsWork);
        if (MostPerQuestion is { } most && most <= Money.Zero)
            throw new ArgumentOutOfRangeException(nameof(MostPerQuestion), $"{nameof(MostPerQuestion)} is {most}; it must be above zero.");
        if (MostPerQuestion is not null && Ledger is null)
            throw new ArgumentException($"{nameof(MostPerQuestion)} needs a ledger to be measured with: set {nameof(Ledger)} to the one that the calls are paid from.", nameof(Ledger));
        return this;
    }
}
