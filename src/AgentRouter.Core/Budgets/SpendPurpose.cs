namespace AgentRouter.Budgets;

/// <summary>What a reservation is for.</summary>
public enum SpendPurpose
{
    /// <summary>The task itself: the reserve for the last answer is out of reach.</summary>
    Work,

    /// <summary>The last answer: the reserve may be used.</summary>
    WrapUp,
}
