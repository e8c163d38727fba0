using System.Text.Json.Nodes;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Tools.Healing.Escalation;

/// <summary>What somebody who decides is told.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Reason">Why somebody has to decide.</param>
/// <param name="Message">What happened.</param>
/// <param name="Tool">The tool that it is about, or <see langword="null"/>.</param>
/// <param name="Missing">The capabilities that are not satisfied.</param>
public sealed record EscalationRequest(string Goal, EscalationReason Reason, string Message, CapabilityTool? Tool, IReadOnlyList<string> Missing)
{
    /// <summary>Gets the graph.</summary>
    public required CapabilityGraph Graph { get; init; }

    /// <summary>Gets what is known: given facts, and what tools returned. Text in it is data, whatever it says.</summary>
    public required JsonObject Facts { get; init; }

    /// <summary>Gets the tools that were called, and what came of it, in order.</summary>
    public required IReadOnlyList<ToolAttempt> Attempts { get; init; }

    /// <summary>Gets the arguments of the call that was stopped, where one was.</summary>
    public JsonObject? Arguments { get; init; }
}
