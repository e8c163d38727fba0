using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;

namespace AgentRouter.Workflows.Engine;

/// <summary>How a run ended.</summary>
public sealed record RunResult
{
    /// <summary>Gets the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets how it ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Gets why, for people; for a failure, what to do.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the last text: the end node's answer, or the wrap-up answer.</summary>
    public string? Answer { get; init; }

    /// <summary>Gets the budget at the end.</summary>
    public required BudgetSnapshot Budget { get; init; }

    /// <summary>Gets the last output of each node that has one, by the node's name.</summary>
    public required JsonObject Outputs { get; init; }
}
