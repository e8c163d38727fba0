namespace AgentRouter.Budgets;

/// <summary>How often an account's limit begins anew.</summary>
public enum SpendingPeriod
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Every day, at midnight UTC.</summary>
    Day,

    /// <summary>Every month, on the first at midnight UTC.</summary>
    Month,
}
