using AgentRouter.Budgets;
using Microsoft.Extensions.AI;

namespace AgentRouter.Steps;

/// <summary>What a policy may look at when it chooses the model of one LLM call.</summary>
public sealed class StepContext
{
    /// <summary>Gets whose step it is.</summary>
    public required StepIdentity Identity { get; init; }

    /// <summary>Gets what is said to the model about the budget after the messages, in <see cref="BudgetMode.Advise"/>; else <see langword="null"/>.</summary>
    public ChatMessage? Advice { get; init; }

    /// <summary>Gets the messages of the request.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Gets the options of the request, with the tools.</summary>
    public ChatOptions? Options { get; init; }

    /// <summary>Gets the features of the step; hindsight is not among them.</summary>
    public required StepFeatures Features { get; init; }

    /// <summary>Gets the task's ledger.</summary>
    public required BudgetLedger Ledger { get; init; }

    /// <summary>Gets what policies remember of the task.</summary>
    public required TaskMemory Memory { get; init; }

    /// <summary>Gets a value indicating whether the step was decided before and is decided again, because its run goes on: what outlives a task
    /// has learned from it already.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Gets the purpose of the call: work, or the last answer.</summary>
    public SpendPurpose Purpose { get; init; }
}
