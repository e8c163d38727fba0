namespace AgentRouter.Failures;

/// <summary>A model call failed; says how, so that a caller can tell what may be tried next without knowing the provider.</summary>
public sealed class ModelCallException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="failure">What kind of failure it was.</param>
    /// <param name="message">What happened and what to do, without any secret.</param>
    /// <param name="innerException">The provider's own exception.</param>
    public ModelCallException(FailureClass failure, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
        MayHaveBeenBilled = failure.MayHaveBeenBilled();
    }

    /// <summary>Gets what kind of failure it was.</summary>
    public FailureClass Failure { get; }

    /// <summary>Gets how long the provider asked to wait, if it did.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets a value indicating whether the provider may have billed the call. The default follows <see cref="Failure"/>;
    /// a provider client that knows better says so, for example after a connection that broke while the answer was read.</summary>
    public bool MayHaveBeenBilled { get; init; }
}
