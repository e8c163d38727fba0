using System.Text.Json.Nodes;

namespace AgentRouter.Tools.Healing.Escalation;

/// <summary>What somebody who was asked decides.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Reason">Why, for the record.</param>
public sealed record EscalationDecision(EscalationDecisionKind Kind, string Reason)
{
    /// <summary>Gets the tool to use, for <see cref="EscalationDecisionKind.UseTool"/>: its name in the graph, or the full name of another open one.</summary>
    public string? Tool { get; init; }

    /// <summary>Gets the missing capability that the tool is to satisfy, for <see cref="EscalationDecisionKind.UseTool"/>.</summary>
    public string? Capability { get; init; }

    /// <summary>Gets the arguments for it; what is left out is taken from the facts.</summary>
    public JsonObject? Arguments { get; init; }
}
