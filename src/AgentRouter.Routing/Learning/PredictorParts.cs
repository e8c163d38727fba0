namespace AgentRouter.Routing.Learning;

/// <summary>What a prediction goes by.</summary>
internal enum PredictorParts
{
    /// <summary>Both have their say: the group is known.</summary>
    Both,

    /// <summary>The regressions alone: there is no prompt.</summary>
    Regression,

    /// <summary>The trees alone: the group is not known.</summary>
    Trees,
}
