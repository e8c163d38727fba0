using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;

namespace AgentRouter.Workflows.Engine;

/// <summary>How a visit of a node ended.</summary>
internal enum NodeStatus
{
    /// <summary>Its work is done; the run goes on.</summary>
    Done,

    /// <summary>It was an end: the workflow is over.</summary>
    Ended,

    /// <summary>It failed; an <c>onError</c> edge may handle it.</summary>
    Failed,

    /// <summary>The budget of the workflow is used up.</summary>
    BudgetExceeded,

    /// <summary>A person must answer first and cannot be reached.</summary>
    Waiting,

    /// <summary>It was broken off from outside.</summary>
    Cancelled,
}

/// <summary>What came of a visit of a node, or of a whole workflow.</summary>
internal readonly record struct NodeResult
{
    public NodeStatus Status { get; private init; }

    /// <summary>Gets the output; a failed node may have one too: what was finished before.</summary>
    public JsonNode? Output { get; private init; }

    public bool HasOutput { get; private init; }

    public bool IsSkipped { get; private init; }

    /// <summary>Gets a value indicating whether a failure may pass, so that the same work can be tried again.</summary>
    public bool MayRetry { get; init; }

    /// <summary>Gets how the workflow ended, for <see cref="NodeStatus.Ended"/>.</summary>
    public RunOutcome Outcome { get; private init; }

    public string? Reason { get; private init; }

    /// <summary>Gets which limit was hit, where a budget or a grant was used up.</summary>
    public BudgetRefusal? Refusal { get; private init; }

    /// <summary>Gets the result of a node without output.</summary>
    public static NodeResult Nothing => default;

    public static NodeResult Cancelled => new() { Status = NodeStatus.Cancelled, Reason = "Cancelled." };

    public static NodeResult Done(JsonNode? output) => new() { Output = output, HasOutput = true };

    /// <summary>Gets the result of a node that had nothing to do: its output is null, and there is no work to verify.</summary>
    public static NodeResult Skipped => Done(null) with { IsSkipped = true };

    public static NodeResult End(RunOutcome outcome, JsonNode? answer, string? reason) =>
        new() { Status = NodeStatus.Ended, Outcome = outcome, Output = answer, HasOutput = true, Reason = reason };

    public static NodeResult Failed(string reason, BudgetRefusal? refusal = null) =>
        new() { Status = NodeStatus.Failed, Reason = reason, Refusal = refusal };

    public static NodeResult Failed(string reason, JsonNode? finished, BudgetRefusal? refusal) =>
        new() { Status = NodeStatus.Failed, Reason = reason, Output = finished, HasOutput = true, Refusal = refusal };

    public static NodeResult BudgetExceeded(BudgetRefusal refusal) =>
        new() { Status = NodeStatus.BudgetExceeded, Reason = $"The budget is used up: {refusal}.", Refusal = refusal };

    /// <summary>Makes it an ordinary failure: the budget that was used up was not the run's.</summary>
    public NodeResult WithoutRefusal() => this with { Refusal = null };

    public static NodeResult Waiting(string reason) => new() { Status = NodeStatus.Waiting, Reason = reason };
}
