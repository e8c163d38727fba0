using AgentRouter.Budgets;
using AgentRouter.Failures;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Tasks;

/// <summary>What a journal knows of an attempt that was sent.</summary>
public sealed record RecordedAttempt
{
    /// <summary>Gets the answer, where there was one.</summary>
    public ChatResponse? Response { get; init; }

    /// <summary>Gets how it failed, where it did. An attempt that was neither answered nor failed is in doubt: its process ended first.</summary>
    public ModelCallException? Failure { get; init; }

    /// <summary>Gets what was booked; <see langword="null"/> when nothing was: then all that is held is booked now.</summary>
    public BudgetAmount? Booked { get; init; }

    /// <summary>Gets a value indicating whether the usage was unknown and all that was held was booked.</summary>
    public bool IsInFull { get; init; }

    /// <summary>Gets a value indicating whether nothing was tried after the failure.</summary>
    public bool IsFinal { get; init; }
}
