namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>Spends capped amounts on tasks.</summary>
internal interface ICapPolicy
{
    /// <summary>Begins a task.</summary>
    /// <param name="table">The table the task is in.</param>
    /// <param name="row">The task. Only an oracle looks at its outcomes.</param>
    CapPlan Begin(CapTable table, int row);
}
