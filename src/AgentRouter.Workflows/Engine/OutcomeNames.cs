using AgentRouter.Events;

namespace AgentRouter.Workflows.Engine;

/// <summary>The names of outcomes, as they stand in JSON and in telemetry.</summary>
internal static class OutcomeNames
{
    public static string Of(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Succeeded => "succeeded",
        RunOutcome.Failed => "failed",
        RunOutcome.BudgetExceeded => "budgetExceeded",
        RunOutcome.Cancelled => "cancelled",
        _ => "waiting",
    };
}
