namespace AgentRouter.Tools.Healing;

/// <summary>What went wrong with a tool call.</summary>
/// <param name="Kind">How it failed.</param>
/// <param name="Message">What happened, bounded and without secrets.</param>
public sealed record ToolFailure(ToolFailureKind Kind, string Message)
{
    /// <summary>Gets a value indicating whether the call may have taken effect all the same: nobody knows.</summary>
    public bool MayHaveTakenEffect { get; init; }

    /// <summary>Gets how long the tool asked to wait, if it did.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
