using System.Text.Json.Serialization;

namespace AgentRouter.Events;

/// <summary>One entry of the record of a run.</summary>
/// <remarks>
/// Kinds are named by strings in JSON (<c>"event": "call.answered"</c>), never by .NET types. The sink that records an event
/// stamps <see cref="Sequence"/>, <see cref="Time"/> and <see cref="RunId"/>. Text that comes from a model, a tool or a file is
/// data: it is bounded by whoever emits the event, and escaped by whoever shows it.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(RunStarted), "run.started")]
[JsonDerivedType(typeof(RunEnded), "run.ended")]
[JsonDerivedType(typeof(RunResumed), "run.resumed")]
[JsonDerivedType(typeof(RunForked), "run.forked")]
[JsonDerivedType(typeof(RunWarning), "run.warning")]
[JsonDerivedType(typeof(ToolsOpened), "tools.opened")]
[JsonDerivedType(typeof(NodeStarted), "node.started")]
[JsonDerivedType(typeof(NodeFinished), "node.finished")]
[JsonDerivedType(typeof(NodeFailed), "node.failed")]
[JsonDerivedType(typeof(EdgeTaken), "edge.taken")]
[JsonDerivedType(typeof(AgentRouted), "agent.routed")]
[JsonDerivedType(typeof(StepRouted), "step.routed")]
[JsonDerivedType(typeof(BudgetReserved), "budget.reserved")]
[JsonDerivedType(typeof(BudgetDegraded), "budget.degraded")]
[JsonDerivedType(typeof(BudgetRefused), "budget.refused")]
[JsonDerivedType(typeof(BudgetSettled), "budget.settled")]
[JsonDerivedType(typeof(BudgetOverrun), "budget.overrun")]
[JsonDerivedType(typeof(GrantGiven), "budget.granted")]
[JsonDerivedType(typeof(GrantReturned), "budget.returned")]
[JsonDerivedType(typeof(WrapUpStarted), "budget.wrapup")]
[JsonDerivedType(typeof(CallSent), "call.sent")]
[JsonDerivedType(typeof(CallAnswered), "call.answered")]
[JsonDerivedType(typeof(CallFailed), "call.failed")]
[JsonDerivedType(typeof(CallInDoubt), "call.inDoubt")]
[JsonDerivedType(typeof(ToolCalled), "tool.called")]
[JsonDerivedType(typeof(ToolApproved), "tool.approved")]
[JsonDerivedType(typeof(ToolReturned), "tool.returned")]
[JsonDerivedType(typeof(SkillsFound), "skills.found")]
[JsonDerivedType(typeof(SkillsOffered), "skills.offered")]
[JsonDerivedType(typeof(SkillOpened), "skill.opened")]
[JsonDerivedType(typeof(MemorySearched), "memory.searched")]
[JsonDerivedType(typeof(TaskEmbedded), "task.embedded")]
[JsonDerivedType(typeof(MemoryRecalled), "memory.recalled")]
[JsonDerivedType(typeof(FactsAsked), "facts.asked")]
[JsonDerivedType(typeof(MemoryRemembered), "memory.remembered")]
[JsonDerivedType(typeof(ContextCompacted), "context.compacted")]
[JsonDerivedType(typeof(ToolPathPlanned), "tools.planned")]
[JsonDerivedType(typeof(ToolRerouted), "tools.rerouted")]
[JsonDerivedType(typeof(ToolInterrupted), "tools.interrupted")]
[JsonDerivedType(typeof(ToolDoubtSettled), "tool.doubtSettled")]
[JsonDerivedType(typeof(ToolUndone), "tool.undone")]
[JsonDerivedType(typeof(GoalDemoted), "goal.demoted")]
[JsonDerivedType(typeof(GoalEscalated), "goal.escalated")]
[JsonDerivedType(typeof(EscalationDecided), "goal.escalationDecided")]
[JsonDerivedType(typeof(PersonAsked), "person.asked")]
[JsonDerivedType(typeof(PersonAnswered), "person.answered")]
public abstract record RunEvent
{
    /// <summary>Gets the position in the run's record, from 1; 0 until recorded.</summary>
    [JsonPropertyOrder(-10)]
    public long Sequence { get; init; }

    /// <summary>Gets when it was recorded.</summary>
    [JsonPropertyOrder(-9)]
    public DateTimeOffset Time { get; init; }

    /// <summary>Gets the run.</summary>
    [JsonPropertyOrder(-8)]
    public string RunId { get; init; } = "";

    /// <summary>Gets the node, or <see langword="null"/> for an event of the whole run. Nodes inside a branch, a map item or a
    /// nested workflow are written as a path: <c>research/1/read</c>.</summary>
    [JsonPropertyOrder(-7)]
    public string? Node { get; init; }

    /// <summary>Gets the number of the LLM or tool step in the run, from 1, or <see langword="null"/> outside a step.</summary>
    [JsonPropertyOrder(-6)]
    public int? Step { get; init; }

    /// <summary>Gets the hash of what the event stands for in full, kept beside it in the record: an answer, what a tool returned, the
    /// inputs; <see langword="null"/> for most events and where no record is kept.</summary>
    [JsonPropertyOrder(-5)]
    public string? Value { get; init; }
}
