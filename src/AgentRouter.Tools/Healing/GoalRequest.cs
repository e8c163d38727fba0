using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Healing.Escalation;

namespace AgentRouter.Tools.Healing;

/// <summary>A goal that is to be reached now.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Caller">Calls the tools.</param>
public sealed record GoalRequest(CapabilityGoal Goal, IToolCaller Caller)
{
    /// <summary>Gets what is known at the start.</summary>
    public JsonObject Facts { get; init; } = [];

    /// <summary>Gets what the user wants in words, for the monitors; or <see langword="null"/>.</summary>
    public string? Intent { get; init; }

    /// <summary>Gets what idempotency keys begin with: the same when the work is done again, another one for each other piece of work. Nothing is kept from being
    /// done by it alone; a tool that is given <see cref="ToolTraits.IdempotencyKey"/> hands it to a service that does nothing twice.</summary>
    public required string Key { get; init; }

    /// <summary>Gets what the ids of calls begin with: the same when the work is done again, another one for each other piece of work of a run. The default is <see cref="Key"/>.</summary>
    public string CallPrefix { get => field ?? Key; init; }

    /// <summary>Gets what takes the events, or <see langword="null"/> when nobody listens.</summary>
    public IRunEventSink? Events { get; init; }

    /// <summary>Gets what recalls decisions when work is done again, or <see langword="null"/>.</summary>
    public IHealingRecall? Recall { get; init; }

    /// <summary>Gets the node that the events are of, or <see langword="null"/>.</summary>
    public string? Node { get; init; }

    /// <summary>Gets the step that the events are of, or <see langword="null"/>.</summary>
    public int? Step { get; init; }

    /// <summary>Gets the task's ledger, for the monitors; or <see langword="null"/>.</summary>
    public BudgetLedger? Ledger { get; init; }

    /// <summary>Gets the model that decides when no path is left, or <see langword="null"/>.</summary>
    public IHealingEscalation? Model { get; init; }

    /// <summary>Gets the person who decides, or <see langword="null"/>.</summary>
    public IHealingEscalation? Person { get; init; }
}
