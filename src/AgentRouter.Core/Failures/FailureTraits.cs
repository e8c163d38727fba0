namespace AgentRouter.Failures;

/// <summary>What a failure class allows.</summary>
public static class FailureTraits
{
    /// <summary>Whether the same model may be asked again with the same request.</summary>
    public static bool MayRetry(this FailureClass failure) => failure is
        FailureClass.Transient or FailureClass.Throttled or FailureClass.Timeout or FailureClass.MalformedReply;

    /// <summary>Whether another model may be asked with the same request.</summary>
    public static bool MayFallBack(this FailureClass failure) => failure is
        FailureClass.Transient or FailureClass.Throttled or FailureClass.Timeout or FailureClass.MalformedReply
        or FailureClass.ContextTooLong or FailureClass.ContentFilter or FailureClass.Authentication or FailureClass.Unknown;

    /// <summary>Whether the provider may have billed the call although it failed; such a call is booked in full, never at zero.</summary>
    /// <remarks>A provider that refuses a request bills nothing. A call that was cut short, or whose answer could not be read,
    /// may have run to its end on the other side.</remarks>
    public static bool MayHaveBeenBilled(this FailureClass failure) => failure is
        FailureClass.Timeout or FailureClass.Cancelled or FailureClass.MalformedReply or FailureClass.Unknown;
}
