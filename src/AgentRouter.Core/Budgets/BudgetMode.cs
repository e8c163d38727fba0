namespace AgentRouter.Budgets;

/// <summary>How strictly a budget is kept.</summary>
public enum BudgetMode
{
    /// <summary>A call that could pass a limit is not made.</summary>
    Enforce,

    /// <summary>Spending is counted and the model is told what is left; nothing is refused.</summary>
    Advise,

    /// <summary>Spending is counted; nothing is refused.</summary>
    Audit,
}
