namespace AgentRouter.Routing.Evaluation.Stages;

/// <summary>One run of a task in stages, with the model that each stage had.</summary>
internal sealed record StageRun
{
    /// <summary>Gets the kind of task.</summary>
    public required string Group { get; init; }

    /// <summary>Gets which models the stages had: the arm.</summary>
    public required StageArm Arm { get; init; }

    /// <summary>Gets the number of the repetition: runs of one number were made together.</summary>
    public required int Repetition { get; init; }

    /// <summary>Gets how well it went, from 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>Gets what it cost, in USD.</summary>
    public required double Usd { get; init; }
}
